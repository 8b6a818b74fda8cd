package palomar.imap;

import java.io.IOException;
import palomar.imap.order.Forest;
import palomar.imap.order.Ordering;
import palomar.imap.proto.OrderCommand;

/// THREAD and UID THREAD. RFC 5256 3 (BASE.6.4.THREAD)
record ThreadHandler(Dialogue dialogue, SelectedMailbox box, Ordering ordering) {

    Reply run(OrderCommand.Thread command) throws IOException {
        if (command.key().usesModSeq()) {
            dialogue.enableCondstore(box);
        }
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SearchCondition condition =
                new SearchCompiler(box, dialogue.clock().instant()).compile(command.key());
        SearchRun.Result result = SearchRun.run(box, portion.of(condition), SearchRun.Wanted.ALL);
        Forest forest = ordering.thread(result.uids(), command.algorithm());
        int[] numbers = SortHandler.ascending(box, command.by(), result.uids());
        new ThreadWriter(dialogue.out().output(), forest, numbers).write();
        return portion.tell(dialogue.out(), Reply.ok("THREAD done"));
    }
}
