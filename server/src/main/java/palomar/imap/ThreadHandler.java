package palomar.imap;

import java.io.IOException;
import palomar.imap.order.Forest;
import palomar.imap.order.Ordering;
import palomar.imap.proto.OrderCommand;
import palomar.mail.UidSet;

/// THREAD and UID THREAD. RFC 5256 3 (BASE.6.4.THREAD)
record ThreadHandler(Dialogue dialogue, SelectedMailbox box, Ordering ordering) {

    Reply run(OrderCommand.Thread command) throws IOException {
        if (command.key().usesModSeq()) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SearchCondition condition = new SearchCompiler(box, dialogue.clock().instant()).compile(command.key());
        Progress progress = new Progress(dialogue, command.tag());
        // A thread without some of its messages would be a wrong one. RFC 9738 3.2
        portion.refuse(condition);
        SearchRun.Result result = SearchRun.run(box, condition, SearchRun.Wanted.ALL, progress);
        UidSet found = result.uids();
        Forest forest = progress.during(found.size(), () -> ordering.thread(found, command.algorithm()));
        int[] numbers = SortHandler.ascending(box, command.by(), found);
        new ThreadWriter(dialogue.out().output(), forest, numbers).write();
        return Reply.ok("THREAD done");
    }
}
