package palomar.sieve.ext.fcc;

import java.util.List;
import java.util.Optional;
import palomar.sieve.Action;
import palomar.sieve.MailboxNames;
import palomar.sieve.Run;
import palomar.sieve.Text;
import palomar.sieve.Texts;

/// The copy that an `:fcc` tag asks for, for commands that send something. Immutable. RFC 8580 3
///
/// @param flags empty: none are given
public record FccMaker(
        Text mailbox, Optional<Texts> flags, boolean create, Optional<Text> specialUse, Optional<Text> mailboxId) {

    public Action.Fcc make(Run run) {
        return new Action.Fcc(
                MailboxNames.value(run, mailbox),
                flags.isPresent() ? Optional.of(List.copyOf(flags.get().values(run))) : Optional.empty(),
                create,
                value(specialUse, run),
                value(mailboxId, run));
    }

    private static Optional<String> value(Optional<Text> text, Run run) {
        return text.isPresent() ? Optional.of(text.get().value(run)) : Optional.empty();
    }
}
