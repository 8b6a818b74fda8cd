package palomar.auth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import palomar.event.Event;

/// Walks the userdbs of a chain by Dovecot's rules. Safe for many threads.
final class UserChain {
    private final List<UserStep> steps;
    private final Event events;

    UserChain(List<UserStep> steps, Event events) {
        this.steps = steps;
        this.events = events;
    }

    boolean isEmpty() {
        return steps.isEmpty();
    }

    /// @param prefetched what a passdb said at login; used by [PrefetchUserDb] and, where the chain is empty, as
    /// it is
    UserOutcome find(UserQuery asked, Map<String, String> prefetched) {
        Fields fields = new Fields();
        UserQuery query = asked;
        String reason = "";
        boolean state = false;
        boolean internal = false;
        boolean certain = false;
        for (UserStep step : steps) {
            if (step.skippedIn(state)) {
                continue;
            }
            UserAnswer answer = step.database() instanceof PrefetchUserDb prefetch
                    ? prefetch.answer(prefetched)
                    : step.database().find(query);
            Rule rule;
            switch (answer) {
                case UserAnswer.Found(Map<String, String> more) -> {
                    query = take(step, more, fields, query);
                    certain = true;
                    rule = step.rules().success();
                }
                case UserAnswer.Assumed(Map<String, String> more) -> {
                    query = take(step, more, fields, query);
                    rule = step.rules().success();
                }
                case UserAnswer.Unknown unknown -> rule = step.rules().failure();
                case UserAnswer.Unavailable(String why, @Nullable Throwable cause) -> {
                    events.error(
                            "auth.userdb-unavailable",
                            why,
                            cause,
                            "database",
                            step.database().name(),
                            "user",
                            query.user());
                    internal = true;
                    reason = step.database().name() + ": " + why;
                    rule = step.rules().internalFailure();
                }
            }
            state = rule.state(state);
            if (rule.ends()) {
                break;
            }
        }
        if (state) {
            return found(query, fields, !certain);
        }
        return internal ? new UserOutcome.Unavailable(reason) : new UserOutcome.Unknown();
    }

    private static UserQuery take(UserStep step, Map<String, String> more, Fields fields, UserQuery query) {
        fields.putAll(more);
        fields.putAll(step.fields(), query);
        UserQuery renamed = query.withUser(fields.get("user", query.user()));
        fields.remove("user");
        return renamed;
    }

    private static UserOutcome found(UserQuery query, Fields fields, boolean assumed) {
        if (!UserNames.harmless(query.user())) {
            return new UserOutcome.Unavailable("the field 'user' renames to what can't be a user name");
        }
        return new UserOutcome.Found(new UserRecord(query.user(), fields.all()), assumed);
    }
}
