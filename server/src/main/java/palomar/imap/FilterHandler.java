package palomar.imap;

import java.io.IOException;
import java.util.Optional;
import palomar.delivery.Refilter;
import palomar.imap.proto.Command;
import palomar.imap.proto.FilterCommand;
import palomar.imap.proto.FilterWriter;
import palomar.imap.proto.ResponseCode;
import palomar.mail.MailError;
import palomar.mail.MailException;
import palomar.mail.UidSet;
import palomar.storage.UserMail;

/// FILTER and UID FILTER: Sieve over messages that are there. draft-bosch-imap-filter-sieve-00 3.2
record FilterHandler(Dialogue dialogue, UserMail mail, SelectedMailbox box, Optional<Refilter> refilter) {

    Reply run(FilterCommand command) throws IOException {
        if (refilter.isEmpty()) {
            return Reply.no(ResponseCode.Plain.CANNOT, "Sieve is switched off here");
        }
        box.refuseChange();
        Portion portion = new Portion(box, dialogue.settings().messages().any());
        SearchCondition condition = new SearchCompiler(box, dialogue.clock().instant()).compile(command.key());
        Progress progress = new Progress(dialogue, command.tag());
        FilterWriter out = new FilterWriter(dialogue.out(), command.tag());
        Refilter.Filter filter;
        switch (refilter.get().prepare(mail, source(command.source()))) {
            case Refilter.Ready.Broken(String errors) -> {
                out.problem(true, errors);
                return Reply.no("the filter can't be used");
            }
            case Refilter.Ready.Working(Refilter.Filter working, Optional<String> warnings) -> {
                if (warnings.isPresent()) {
                    out.problem(false, warnings.get());
                }
                filter = working;
            }
        }
        UidSet uids = SearchRun.run(box, portion.of(condition), SearchRun.Wanted.ALL, progress)
                .uids();
        progress.more(uids.size(), 1);
        for (var each = uids.iterator(); each.hasNext(); ) {
            apply(filter, each.nextLong(), command, out);
            progress.step();
        }
        return portion.tell(dialogue.out(), Reply.ok("FILTER done"));
    }

    private void apply(Refilter.Filter filter, long uid, FilterCommand command, FilterWriter out) throws IOException {
        Refilter.Outcome outcome;
        try {
            outcome = filter.apply(box.mailbox(), uid);
        } catch (MailException refused) {
            if (refused.kind() == MailError.EXPUNGED) {
                return; // told by VANISHED or EXPUNGE
            }
            outcome = new Refilter.Outcome(refused.getMessage(), false);
        }
        boolean uidOnly = dialogue.enabled().uidOnly();
        out.begin(uidOnly ? uid : box.view().seq(uid), command.by() == Command.Numbering.UID ? uid : 0);
        if (outcome.problems().isEmpty()) {
            out.ok();
        } else {
            out.failed(!outcome.applied(), outcome.problems());
        }
    }

    private static Refilter.Source source(FilterCommand.Source asked) {
        return switch (asked) {
            case FilterCommand.Source.Delivery() -> new Refilter.Source.Delivery();
            case FilterCommand.Source.Personal(String name) -> new Refilter.Source.Personal(name);
            case FilterCommand.Source.Global(String name) -> new Refilter.Source.Global(name);
            case FilterCommand.Source.Script(byte[] source) -> new Refilter.Source.Script(source);
        };
    }
}
