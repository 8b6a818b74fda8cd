package palomar.imap;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import palomar.delivery.Refilter;
import palomar.imap.order.ColumnCache;
import palomar.imap.order.Ordering;
import palomar.imap.proto.Command;
import palomar.imap.proto.FilterCommand;
import palomar.imap.proto.OrderCommand;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.SearchKey;
import palomar.imap.proto.SearchReturns;
import palomar.mail.UidSet;
import palomar.storage.UserMail;

/// All commands that search: puts what filters stand for into their keys and hands them to their handlers. RFC
/// 5466 3.1
record SearchCommands(ColumnCache columns, UserMail mail, Dialogue dialogue) {

    Reply search(Command.Search command, SelectedMailbox box) throws IOException {
        SearchKey key = expanded(command.key(), command.returns(), box);
        return new SearchHandler(dialogue, box).run(command.with(key));
    }

    Reply order(OrderCommand command, SelectedMailbox box) throws IOException {
        Ordering ordering = new Ordering(columns, mail.user(), box.mailbox(), box.view(), box.textOrder());
        return switch (command) {
            case OrderCommand.Sort sort ->
                new SortHandler(dialogue, box, ordering).run(sort.with(expanded(sort.key(), sort.returns(), box)));
            case OrderCommand.Thread thread ->
                new ThreadHandler(dialogue, box, ordering)
                        .run(thread.with(expanded(thread.key(), SearchReturns.NONE, box)));
        };
    }

    /// @param box what is selected, if anything
    Reply esearch(Command.Esearch command, @Nullable SelectedMailbox box) throws IOException {
        MultiSearchHandler handler = new MultiSearchHandler(mail, dialogue, box, command.tag());
        return handler.run(
                command.badCharset().isPresent()
                        ? command
                        : command.with(expanded(command.key(), command.returns(), box)));
    }

    static Reply badCharset(Command.BadCharset command, SelectedMailbox box) {
        if (command.saves()) {
            // RFC 5182 2.1: a search that should have been saved and fails leaves an empty result.
            box.save(UidSet.EMPTY);
        }
        return SearchHandler.refuse(command);
    }

    Reply filter(FilterCommand command, SelectedMailbox box, Optional<Refilter> refilter) throws IOException {
        SearchKey key = expanded(command.key(), SearchReturns.NONE, box);
        return new FilterHandler(dialogue, mail, box, refilter).run(command.with(key));
    }

    private SearchKey expanded(SearchKey key, SearchReturns returns, @Nullable SelectedMailbox box) {
        SearchKey meant = new Filters(dialogue.server().now()).expand(key, returns, box);
        if (dialogue.enabled().uidOnly() && meant.usesSeqNumbers()) {
            // In ESEARCH, or behind the name of a filter. RFC 9586 3
            throw new BadArgument(ResponseCode.Plain.UIDREQUIRED, "message numbers after ENABLE UIDONLY");
        }
        return meant;
    }
}
