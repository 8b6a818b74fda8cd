package palomar.auth;

import java.util.function.Consumer;

/// A database of users: where their mail is and what else is set for them. Safe for many threads; calls may
/// block.
///
/// Contract (`UserDbContract`): as [PassDb].
public interface UserDb {
    /// For logs: driver and, where it helps, which one.
    String name();

    UserAnswer find(UserQuery query);

    /// False when the database can't name its users.
    default boolean lists() {
        return false;
    }

    /// Names every user, each at least once, in no order. Nothing when [#lists()] is false.
    ///
    /// Throws MailException UNAVAILABLE when it can't be read
    default void forEachUser(Consumer<String> names) {}
}
