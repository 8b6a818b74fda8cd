package palomar.message;

import org.jspecify.annotations.Nullable;

/// One element of an address list, in raw header text without quoting. RFC 9051 7.5.2 (address structure)
///
/// A group stands as its start (host null, mailbox the group's name), its members and its end (host and
/// mailbox null). An address that lacks a part has the empty string there, because null would mean a group.
///
/// @param name display name, or the comment of an old-style address; null when there is none
/// @param route source route of RFC 5322 4.4, `@a,@b`; null when there is none
/// @param mailbox local part without quotes
/// @param host domain
public record Address(
        @Nullable String name,
        @Nullable String route,
        @Nullable String mailbox,
        @Nullable String host) {
    static final Address GROUP_END = new Address(null, null, null, null);

    static Address groupStart(String name) {
        return new Address(null, null, name, null);
    }

    public boolean isGroupMark() {
        return host == null;
    }
}
