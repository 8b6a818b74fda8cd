package palomar.imap;

import palomar.imap.proto.Command;
import palomar.imap.proto.ConvertCommand;
import palomar.imap.proto.NumberSet;
import palomar.imap.proto.OrderCommand;

/// What a command means for what else the session tells, beside what the command itself says
/// ([Command#mayReportExpunge()]).
final class Consequences {
    private Consequences() {}

    /// Does the client remove messages by it? What it has removed itself is told, whatever it wants to hear of
    /// others.
    static boolean removes(Command command) {
        return command instanceof Command.Expunge
                || command instanceof Command.UidExpunge
                || command instanceof Command.Move
                || command instanceof Command.Replace;
    }

    /// Where clients that need [Workaround#DELAY_NEWMAIL] expect new mail; and where expunges are told, which new
    /// mail would hold back.
    static boolean tellsNewMail(Command command) {
        return command instanceof Command.Noop
                || command instanceof Command.Check
                || command instanceof Command.Expunge
                || command instanceof Command.UidExpunge
                || command instanceof Command.Move;
    }

    /// Is its answer in UIDs, so that what others have changed is told with UIDs too?
    static boolean byUid(Command command) {
        return command instanceof Command.Fetch fetch && fetch.targets() instanceof NumberSet.Uids
                || command instanceof Command.Store store && store.targets() instanceof NumberSet.Uids
                || command instanceof ConvertCommand convert && convert.targets() instanceof NumberSet.Uids
                || command instanceof Command.Copy copy && copy.targets() instanceof NumberSet.Uids
                || command instanceof Command.Move move && move.targets() instanceof NumberSet.Uids
                || command instanceof Command.Replace replace && replace.target() instanceof NumberSet.Uids
                || command instanceof Command.Search search && search.by() == Command.Numbering.UID
                || command instanceof OrderCommand order && order.by() == Command.Numbering.UID
                || command instanceof Command.Esearch
                || command instanceof Command.UidExpunge;
    }

    /// A selected mailbox that someone deleted can't be shown any more, and no untagged response says so: the
    /// session ends, as RFC 2180 3.3 allows. A command that leaves the mailbox saves it.
    static boolean leavesMailbox(Command command) {
        return command instanceof Command.Close
                || command instanceof Command.Unselect
                || command instanceof Command.Select
                || command instanceof Command.Examine
                || command instanceof Command.Logout;
    }
}
