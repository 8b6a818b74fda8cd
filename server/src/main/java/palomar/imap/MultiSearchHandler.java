package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import palomar.imap.proto.Command;
import palomar.imap.proto.EsearchWriter;
import palomar.imap.proto.ResponseCode;
import palomar.imap.proto.SearchReturn;
import palomar.imap.proto.SearchReturns;
import palomar.imap.proto.SearchSource;
import palomar.imap.proto.Tag;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.UserMail;

/// ESEARCH: one search of many mailboxes. RFC 7377
///
/// The selected mailbox is searched as the session knows it, the others as they are; there `$` is empty. Nothing
/// is selected by it, and a mailbox without a match is not mentioned.
final class MultiSearchHandler {
    private final UserMail mail;
    private final Dialogue dialogue;
    private final @Nullable SelectedMailbox selected;
    private final Progress progress;

    /// Was a mailbox only searched in part, for a limit of messages?
    private boolean limited;

    /// @param selected what is selected, if anything
    MultiSearchHandler(UserMail mail, Dialogue dialogue, @Nullable SelectedMailbox selected, Tag tag) {
        this.mail = mail;
        this.dialogue = dialogue;
        this.selected = selected;
        this.progress = new Progress(dialogue, tag);
    }

    Reply run(Command.Esearch command) throws IOException {
        check(command);
        if (command.badCharset().isPresent()) {
            forget(command.returns());
            return SearchHandler.refuse(command.badCharset().get());
        }
        if (command.key().usesModSeq()) {
            enableCondstore();
        }
        forget(command.returns());
        boolean followed = false;
        for (UserMail.Entry entry : SearchSources.of(mail, sources(command), selectedEntry())) {
            SelectedMailbox own = selected;
            if (own != null && own.mailbox().id().equals(entry.id())) {
                followed = true;
                searchSelected(command, own, entry);
            } else {
                searchOther(command, entry);
            }
        }
        if (command.returns().has(SearchReturn.UPDATE) && !followed) {
            dialogue.out()
                    .no(
                            Tag.NONE,
                            new ResponseCode.NoUpdate(command.tag()),
                            "the selected mailbox is none of those searched");
        }
        // RFC 7377 2.4
        return limited
                ? Reply.ok(ResponseCode.Plain.LIMIT, "done in part: the newest messages of each mailbox")
                : Reply.ok("ESEARCH done");
    }

    /// RFC 7377 2.2
    private void check(Command.Esearch command) {
        if (command.badCharset().isEmpty()) {
            SearchHandler.checkRelevancy(command.returns(), command.key());
        }
        boolean others = !Set.of(SearchSource.Group.SELECTED).containsAll(command.sources());
        boolean wantsSelected = sources(command).contains(SearchSource.Group.SELECTED);
        if (wantsSelected && selected == null) {
            throw new BadArgument("no mailbox is selected");
        }
        if (others && command.returns().has(SearchReturn.SAVE)) {
            throw new BadArgument("SAVE with other sources than selected");
        }
        if (command.returns().has(SearchReturn.UPDATE)) {
            if (selected == null) {
                throw new BadArgument("UPDATE without a selected mailbox");
            }
            if (selected.contexts().has(command.tag())) {
                throw new BadArgument("the tag is that of another search with UPDATE");
            }
        }
    }

    private static List<SearchSource> sources(Command.Esearch command) {
        return command.sources().isEmpty() ? List.of(SearchSource.Group.SELECTED) : command.sources();
    }

    private Optional<UserMail.Entry> selectedEntry() {
        SelectedMailbox own = selected;
        if (own == null) {
            return Optional.empty();
        }
        // By its id, because it may have been renamed.
        return mail.mailboxes().stream()
                .filter(entry -> entry.id().equals(own.mailbox().id()))
                .findFirst();
    }

    private void enableCondstore() throws IOException {
        if (selected == null) {
            dialogue.enabled().enableCondstore();
        } else {
            dialogue.enableCondstore(selected);
        }
    }

    /// RFC 9051 6.4.4.1: a search that fails leaves an empty result.
    private void forget(SearchReturns returns) {
        if (selected != null && returns.has(SearchReturn.SAVE)) {
            selected.save(UidSet.EMPTY);
        }
    }

    private void searchSelected(Command.Esearch command, SelectedMailbox box, UserMail.Entry entry) throws IOException {
        SearchReturns returns = command.returns();
        UidSet found = search(command, box, entry).uids();
        if (returns.has(SearchReturn.SAVE)) {
            box.save(SearchHandler.kept(returns, found));
        }
        if (returns.has(SearchReturn.UPDATE)) {
            SearchContext context = new SearchContext(
                    dialogue,
                    new SearchContext.Correlator(command.tag(), Command.Numbering.UID, Optional.of(entry.name())),
                    box,
                    command.key(),
                    returns.updateItems(),
                    found,
                    null);
            box.contexts().addOrRefuse(context, dialogue);
        }
    }

    private SelectedMailbox open(UserMail.Entry entry) {
        Enabled enabled = new Enabled(dialogue.enabled().textOrder());
        return new SelectedMailbox(mail, entry, true, enabled);
    }

    private void searchOther(Command.Esearch command, UserMail.Entry entry) throws IOException {
        try (SelectedMailbox box = open(entry)) {
            search(command, box, entry);
        } catch (MailException e) {
            if (e.kind() != MailError.NOT_FOUND) {
                throw e;
            }
            // Deleted since it was listed.
        }
    }

    private SearchRun.Result search(Command.Esearch command, SelectedMailbox box, UserMail.Entry entry)
            throws IOException {
        SearchReturns returns = command.returns();
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        returns.partial().ifPresent(portion::refuse);
        SearchCondition condition = new SearchCompiler(box, dialogue.clock().instant()).compile(command.key());
        SearchRun.Result result = SearchRun.run(box, portion.of(condition), SearchHandler.wanted(returns), progress);
        limited |= portion.isPart();
        if (!result.uids().isEmpty() && !returns.equals(SearchReturns.of(SearchReturn.SAVE))) {
            tell(command, box, entry, result);
        }
        return result;
    }

    private void tell(Command.Esearch command, SelectedMailbox box, UserMail.Entry entry, SearchRun.Result result)
            throws IOException {
        SearchReturns returns = command.returns().isEmpty() ? SearchReturns.of(SearchReturn.ALL) : command.returns();
        EsearchWriter out = new EsearchWriter(dialogue.out());
        out.begin(command.tag(), entry.name().value(), entry.uidValidity());
        SearchHandler.tellUids(out, returns, result.uids());
        SearchHandler.tellRelevancy(out, returns, result.scores());
        if (returns.has(SearchReturn.COUNT)) {
            out.number("COUNT", result.uids().size());
        }
        if (command.key().usesModSeq()) {
            out.number("MODSEQ", SearchHandler.modSeqOf(box, returns, result));
        }
        out.end();
    }
}
