package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import palomar.delivery.Recipient;
import palomar.event.Event;
import palomar.mail.MailboxName;
import palomar.os.Disk;
import palomar.scripts.Script;
import palomar.scripts.ScriptName;
import palomar.scripts.ScriptSource;
import palomar.scripts.UserScripts;
import palomar.sieve.Settings;
import palomar.storage.UserMail;

/// What scripts of one user find of him and of the operator: settings, other scripts, the log. One thread.
///
/// @param about names the user
record UserMatters(
        SievePolicy policy, Recipient recipient, UserMail mail, Disk disk, InstantSource clock, Event about) {

    Person person() {
        Settings mine = this::setting;
        Optional<String> main = mine.get("sieve_user_email")
                .or(() -> mail.user().contains("@") ? Optional.of(mail.user()) : Optional.empty());
        MailboxName keepIn = recipient.mailbox().orElse(policy.keepIn());
        return new Person(
                mail,
                main,
                MailboxName.SEPARATOR,
                keepIn,
                policy.autocreate(),
                policy.autosubscribe(),
                mine,
                list -> ExternalLists.members(mine, list));
    }

    /// The user's own by the userdb, else everybody's.
    private Optional<String> setting(String name) {
        if (name.equals("home")) {
            return recipient.home();
        }
        return Optional.ofNullable(recipient.settings().get(name))
                .or(() -> Optional.ofNullable(policy.settings().get(name)));
    }

    ScriptLog log() {
        return policy.log()
                .flatMap(this::place)
                .<ScriptLog>map(path -> new FileLog(path, clock, about))
                .orElseGet(() -> new StoredLog(mail, clock, about));
    }

    private Optional<Path> place(String template) {
        String user = mail.user();
        boolean fits = !user.isEmpty() && !user.startsWith(".") && user.indexOf('/') < 0 && user.indexOf(0) < 0;
        if (template.contains("%{user}") && !fits
                || template.startsWith("~") && recipient.home().isEmpty()) {
            return Optional.empty();
        }
        String text = template.replace("%{user}", user);
        try {
            return Optional.of(
                    Path.of(text.startsWith("~") ? recipient.home().orElseThrow() + text.substring(1) : text));
        } catch (InvalidPathException bad) {
            return Optional.empty();
        }
    }

    /// A script by its name, for those that name others.
    ///
    /// @param own one of the user's; else one of the operator's
    Optional<byte[]> script(UserScripts mine, boolean own, String name) {
        Optional<ScriptName> wanted = ScriptName.of(name);
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        if (own) {
            return mine.content(wanted.get());
        }
        try {
            return policy.global().isEmpty()
                    ? Optional.empty()
                    : new ScriptSource(disk, policy.global().get())
                            .find(wanted.get())
                            .map(Script::content);
        } catch (IOException failed) {
            throw Execution.unreadable(failed);
        }
    }

    /// One of the operator's scripts, to be run.
    ScriptChain.Link operators(Script script) {
        return new ScriptChain.Link(script.name(), script.content(), policy.operators(), false);
    }
}
