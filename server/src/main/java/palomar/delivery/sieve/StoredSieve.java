package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import palomar.delivery.MessageEvents;
import palomar.delivery.Recipient;
import palomar.delivery.Refilter;
import palomar.event.Event;
import palomar.mail.MailException;
import palomar.mail.MailboxId;
import palomar.mail.MailboxName;
import palomar.scripts.Script;
import palomar.scripts.ScriptName;
import palomar.scripts.ScriptOwner;
import palomar.scripts.ScriptSource;
import palomar.scripts.UserScripts;
import palomar.sieve.Compilation;
import palomar.sieve.Language;
import palomar.sieve.syntax.Diagnostic;
import palomar.storage.Mailbox;
import palomar.storage.UserMail;

/// Scripts for messages that are stored already: because their user asks for it (FILTER), or because a client has
/// appended, copied or flagged them (RFC 6785). Safe for many threads.
public final class StoredSieve implements Refilter, MessageEvents {
    /// RFC 6785 2.3.1
    private static final String SCRIPT = "metadata/shared/imapsieve/script";

    /// RFC 6785 4.1, draft-bosch-imap-filter-sieve-00 6.1
    private static final Map<String, String> STORED = Map.of("location", "MS", "phase", "post");

    private final SieveDelivery house;
    private final Function<String, Optional<Recipient>> people;
    private final Event event;

    /// @param house whose settings, programs and outbox are used
    /// @param people by their names. Throws MailException UNAVAILABLE
    public StoredSieve(SieveDelivery house, Function<String, Optional<Recipient>> people, Event event) {
        this.house = house;
        this.people = people;
        this.event = event;
    }

    @Override
    public List<String> capabilities() {
        SievePolicy policy = house.inForce().policy();
        List<String> words = new ArrayList<>();
        if (policy.enabled()) {
            words.add("FILTER=SIEVE");
            policy.imapUrl().ifPresent(url -> words.add("IMAPSIEVE=" + url));
        }
        return words;
    }

    @Override
    public boolean wants(UserMail mail, MailboxId mailbox, Cause cause) {
        SievePolicy policy = house.inForce().policy();
        return policy.enabled()
                && (policy.events().stream().anyMatch(rule -> rule.causes().contains(cause))
                        || script(mail, mailbox).isPresent());
    }

    /// The entry of the mailbox counts, even when it is empty; else that of the server. RFC 6785 2.3.1
    private static Optional<String> script(UserMail mail, MailboxId mailbox) {
        Optional<byte[]> entry =
                mail.attributes(mailbox).get(SCRIPT).or(() -> mail.attributes().get(SCRIPT));
        return entry.map(bytes -> new String(bytes, StandardCharsets.UTF_8).strip())
                .filter(name -> !name.isEmpty());
    }

    @Override
    public void happened(UserMail mail, Happened what) {
        Event about = event.with("user", mail.user());
        try (Mailbox mailbox = mail.open(what.mailbox())) {
            Optional<UserMail.Entry> in = entry(mail, what.mailbox());
            if (in.isEmpty()) {
                return;
            }
            String from = what.from()
                    .flatMap(id -> entry(mail, id))
                    .map(e -> e.name().value())
                    .orElse("");
            StoredRun found = run(mail, in.get(), about);
            StoredRun run = found.seeing(environment(found, what, from));
            List<ScriptChain.Link> links = links(run, mail, what, in.get(), from);
            for (var uids = what.uids().iterator(); !links.isEmpty() && uids.hasNext(); ) {
                Outcome outcome = run.apply(mailbox, uids.nextLong(), links);
                if (!outcome.applied()) {
                    about.info("sieve.event-failed", outcome.problems(), "cause", what.cause());
                }
            }
        } catch (MailException | IOException failed) {
            about.warn("sieve.event-failed", String.valueOf(failed.getMessage()), "cause", what.cause());
        }
    }

    private static Optional<UserMail.Entry> entry(UserMail mail, MailboxId id) {
        return mail.mailboxes().stream().filter(entry -> entry.id().equals(id)).findFirst();
    }

    /// RFC 6785 4
    private static Map<String, String> environment(StoredRun run, Happened what, String from) {
        String user = run.matters().mail().user();
        String mailbox = run.in().name().value();
        Map<String, String> items = new LinkedHashMap<>(run.environment());
        items.put("imap.user", user);
        items.put("imap.email", run.matters().person().mainAddress().orElse(user));
        items.put("imap.cause", what.cause().name());
        items.put("imap.mailbox", mailbox);
        items.put("vnd.dovecot.mailbox-from", from);
        items.put("vnd.dovecot.mailbox-to", mailbox);
        items.put("imap.changedflags", String.join(" ", FlagWords.words(what.changed())));
        return items;
    }

    private StoredRun run(UserMail mail, UserMail.Entry in, Event about) {
        SieveDelivery.InForce settings = house.inForce();
        Recipient person = people.apply(mail.user())
                .orElseThrow(() -> Execution.unreadable(new IOException("there is no such user any more")));
        UserMatters matters = new UserMatters(settings.policy(), person, mail, house.disk(), house.clock(), about);
        return new StoredRun(house, settings, matters, in, STORED);
    }

    private List<ScriptChain.Link> links(StoredRun run, UserMail mail, Happened what, UserMail.Entry in, String from)
            throws IOException {
        SievePolicy policy = house.inForce().policy();
        List<ScriptChain.Link> links = new ArrayList<>();
        for (EventRule rule : policy.events()) {
            if (rule.fits(what.cause(), in.name(), from)) {
                addAll(links, rule.before(), run.matters());
            }
        }
        Optional<ScriptName> own = script(mail, what.mailbox()).flatMap(ScriptName::of);
        if (own.isPresent()) {
            try (UserScripts mine = scripts(run.matters())) {
                mine.content(own.get())
                        .ifPresent(source -> links.add(
                                new ScriptChain.Link(own.get().toString(), source, policy.eventLanguage(), true)));
            }
        }
        for (EventRule rule : policy.events()) {
            if (rule.fits(what.cause(), in.name(), from)) {
                addAll(links, rule.after(), run.matters());
            }
        }
        return links;
    }

    private void addAll(List<ScriptChain.Link> links, List<Path> places, UserMatters matters) throws IOException {
        for (Path place : places) {
            for (Script script : new ScriptSource(house.disk(), place).scripts()) {
                links.add(new ScriptChain.Link(
                        script.name(), script.content(), matters.policy().operatorEvents(), false));
            }
        }
    }

    private UserScripts scripts(UserMatters matters) {
        return house.scripts()
                .open(new ScriptOwner(matters.mail().user(), matters.recipient().home()));
    }

    @Override
    public Ready prepare(UserMail mail, Source source) {
        SievePolicy policy = house.inForce().policy();
        if (!policy.enabled()) {
            return new Ready.Broken("Sieve is switched off here");
        }
        Event about = event.with("user", mail.user());
        UserMail.Entry inbox = mail.find(MailboxName.INBOX).orElseThrow();
        StoredRun run = run(mail, inbox, about);
        List<ScriptChain.Link> links = new ArrayList<>();
        try (UserScripts mine = scripts(run.matters())) {
            switch (source) {
                case Source.Delivery() -> {
                    addAll(links, policy.before(), run.matters());
                    mine.active()
                            .ifPresent(script -> links.add(
                                    new ScriptChain.Link(script.name(), script.content(), policy.language(), true)));
                    addAll(links, policy.after(), run.matters());
                }
                case Source.Personal(String name) ->
                    run.matters()
                            .script(mine, true, name)
                            .ifPresent(
                                    content -> links.add(new ScriptChain.Link(name, content, policy.language(), true)));
                case Source.Global(String name) ->
                    run.matters()
                            .script(mine, false, name)
                            .ifPresent(content ->
                                    links.add(new ScriptChain.Link(name, content, policy.operators(), true)));
                case Source.Script(byte[] content) ->
                    links.add(new ScriptChain.Link("script", content, policy.language(), true));
            }
        } catch (IOException unreadable) {
            throw Execution.unreadable(unreadable);
        }
        if (links.isEmpty()) {
            return new Ready.Broken("there is no such script");
        }
        return ready(run, links, policy);
    }

    private Ready ready(StoredRun run, List<ScriptChain.Link> links, SievePolicy policy) {
        StringBuilder errors = new StringBuilder();
        StringBuilder warnings = new StringBuilder();
        for (ScriptChain.Link link : links) {
            Language language = link.language();
            Compilation compiled = house.cache().compile(language, link.source(), policy.limits());
            for (Diagnostic each : compiled.diagnostics()) {
                (each.isError() ? errors : warnings)
                        .append("line ")
                        .append(each.at().line())
                        .append(": ")
                        .append(each.text())
                        .append("\r\n");
            }
            if (compiled.program().isEmpty() && errors.isEmpty()) {
                errors.append(compiled.summary()).append("\r\n");
            }
        }
        return errors.isEmpty()
                ? new Ready.Working(
                        (mailbox, uid) -> run.apply(mailbox, uid, links),
                        warnings.isEmpty() ? Optional.empty() : Optional.of(warnings.toString()))
                : new Ready.Broken(errors.toString());
    }
}
