package palomar.imap;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import palomar.imap.proto.Command;
import palomar.imap.proto.Language;
import palomar.imap.proto.LanguageWriter;
import palomar.imap.proto.NamespaceEntry;
import palomar.imap.proto.ResponseWriter;
import palomar.mail.MailboxName;

/// LANGUAGE, and NAMESPACE, which shows names in that language. RFC 5255 3.2 and 3.4, RFC 9051 6.3.10
///
/// @param preferred what `default` means
record LanguageHandler(ResponseWriter out, Language preferred) {

    /// @param loggedIn are there namespaces to show?
    Reply run(Command.Language command, boolean loggedIn) throws IOException {
        if (command.ranges().isEmpty()) {
            new LanguageWriter(out).languages(List.of(Language.values()));
            return Reply.ok("LANGUAGE done");
        }
        Optional<Language> chosen = Language.choose(command.ranges(), preferred);
        if (chosen.isEmpty()) {
            return Reply.no("there is no such language");
        }
        new LanguageWriter(out).languages(List.of(chosen.get()));
        out.language(chosen.get());
        if (loggedIn) {
            tellNamespaces();
        }
        return Reply.ok("LANGUAGE done");
    }

    Reply namespace() throws IOException {
        tellNamespaces();
        return Reply.ok("NAMESPACE done");
    }

    private void tellNamespaces() throws IOException {
        out.namespace(List.of(new NamespaceEntry("", MailboxName.SEPARATOR)), List.of(), List.of());
    }
}
