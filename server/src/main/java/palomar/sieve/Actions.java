package palomar.sieve;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;

/// How actions go into a result: limits, repetitions, the implicit keep. RFC 5228 2.10
final class Actions {
    private final Run run;
    private Result result;
    private int added;
    private int redirects;
    private int notifications;

    Actions(Run run, Result result) {
        this.run = run;
        this.result = result;
    }

    Result result() {
        return result;
    }

    void result(Result other) {
        result = other;
        added = 0;
        redirects = 0;
        notifications = 0;
    }

    void add(Action plain) throws IOException {
        Action action = plain;
        for (Effect effect : run.frame().program().beforeAction()) {
            action = effect.apply(action, run);
        }
        if (run.isTraced()) {
            run.trace().action(run, action);
        }
        if (!joins(action)) {
            count(action);
            result.add(action);
        }
        if (cancelsKeep(action)) {
            result.cancelImplicitKeep();
        }
    }

    private void count(Action action) {
        Limits limits = run.limits();
        check(++added, limits.mostActions(), limits.mostActions() > 0, "total number of actions");
        if (action instanceof Action.Redirect) {
            check(++redirects, limits.mostRedirects(), true, "number of redirect actions");
        } else if (action instanceof Action.Notify) {
            check(++notifications, limits.mostNotifications(), true, "number of notify actions");
        }
    }

    private void check(int number, int most, boolean limited, String what) {
        if (limited && number > most) {
            throw run.fault(what + " exceeds policy limit (" + number + " > " + most + ")");
        }
    }

    /// True when an earlier action does the same; then that one has what this one adds.
    private boolean joins(Action action) {
        return switch (action) {
            case Action.Keep keep -> joinsKeep(keep);
            case Action.FileInto filed -> joinsFileInto(filed);
            case Action.Redirect redirect ->
                replaces(redirect, (old, again) -> old instanceof Action.Redirect first && same(first, redirect));
            case Action.Discard discard -> replaces(discard, Action::equals);
            case Action.Reject _,
                    Action.Vacation _,
                    Action.Notify _,
                    Action.Report _,
                    Action.Pipe _,
                    Action.MarkDuplicate _,
                    Action.Snooze _ -> false;
        };
    }

    private boolean joinsKeep(Action.Keep keep) {
        List<Action> actions = result.actions();
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) instanceof Action.Keep old) {
                result.replace(i, new Action.Keep(old.message(), later(old.flags(), keep.flags())));
                return true;
            }
            if (actions.get(i) instanceof Action.FileInto old && isDefault(old)) {
                result.replace(
                        i, old.withFlags(later(old.flags(), keep.flags())).withCopy(false));
                return true;
            }
        }
        return false;
    }

    private boolean joinsFileInto(Action.FileInto filed) {
        List<Action> actions = result.actions();
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i) instanceof Action.FileInto old && same(old, filed)) {
                Action.FileInto joined =
                        old.withFlags(later(old.flags(), filed.flags())).withCopy(old.copy() && filed.copy());
                result.replace(i, filed.create() ? joined.withCreate() : joined);
                return true;
            }
            if (actions.get(i) instanceof Action.Keep old && isDefault(filed)) {
                result.replace(i, new Action.Keep(old.message(), later(old.flags(), filed.flags())));
                return true;
            }
        }
        return false;
    }

    private boolean replaces(Action action, BiPredicate<Action, Action> same) {
        List<Action> actions = result.actions();
        for (int i = 0; i < actions.size(); i++) {
            if (same.test(actions.get(i), action)) {
                result.replace(i, action);
                return true;
            }
        }
        return false;
    }

    private static Optional<List<String>> later(Optional<List<String>> old, Optional<List<String>> flags) {
        return flags.isPresent() ? flags : old;
    }

    private static boolean isDefault(Action.FileInto filed) {
        return filed.mailbox().equalsIgnoreCase("INBOX")
                && filed.specialUse().isEmpty()
                && filed.mailboxId().isEmpty();
    }

    private static boolean same(Action.FileInto a, Action.FileInto b) {
        boolean names = a.mailbox().equals(b.mailbox()) || isDefault(a) && isDefault(b);
        return names && a.specialUse().equals(b.specialUse()) && a.mailboxId().equals(b.mailboxId());
    }

    private static boolean same(Action.Redirect a, Action.Redirect b) {
        return a.list() == b.list() && withDomainFolded(a.address()).equals(withDomainFolded(b.address()));
    }

    private static String withDomainFolded(String address) {
        int at = address.lastIndexOf('@') + 1;
        return address.substring(0, at) + address.substring(at).toLowerCase(Locale.ROOT);
    }

    private static boolean cancelsKeep(Action action) {
        return switch (action) {
            case Action.Keep _, Action.Discard _, Action.Reject _, Action.Snooze _ -> true;
            case Action.FileInto filed -> !filed.copy();
            case Action.Redirect redirect -> !redirect.copy();
            case Action.Pipe pipe -> !pipe.copy();
            case Action.Vacation _, Action.Notify _, Action.Report _, Action.MarkDuplicate _ -> false;
        };
    }
}
