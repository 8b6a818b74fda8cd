package palomar.delivery.sieve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import palomar.acl.Right;
import palomar.acl.Who;
import palomar.bytes.ByteSource;
import palomar.mail.MailException;
import palomar.mail.SpecialUse;
import palomar.sieve.Host;
import palomar.sieve.Settings;
import palomar.storage.UserMail;
import palomar.storage.UserMail.Entry;

/// What scripts of one user may ask, answered from his mail. One delivery, one thread.
public final class UserHost implements Host {
    private static final String VARIABLES = "sieve/variable/";
    private static final int MOST_SHARED = 200;

    private final Person person;
    private final Letter letter;
    private final Surroundings around;
    private final Memory memory;
    private final BiFunction<Boolean, String, Optional<byte[]>> scripts;
    private final ScriptLog log;
    private final Map<String, String> environment;
    private final Instant now;
    private final Map<String, String> shared = new HashMap<>();

    /// @param scripts by name, the user's own (true) or those of all users
    public UserHost(
            Person person,
            Letter letter,
            Surroundings around,
            Memory memory,
            BiFunction<Boolean, String, Optional<byte[]>> scripts,
            ScriptLog log) {
        this(person, letter, around, memory, scripts, log, Map.of());
    }

    /// @param environment items that are not as in a delivery
    UserHost(
            Person person,
            Letter letter,
            Surroundings around,
            Memory memory,
            BiFunction<Boolean, String, Optional<byte[]>> scripts,
            ScriptLog log,
            Map<String, String> environment) {
        this.environment = environment;
        this.person = person;
        this.letter = letter;
        this.around = around;
        this.memory = memory;
        this.scripts = scripts;
        this.log = log;
        this.now = around.clock().instant();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public ZoneId zone() {
        return around.zone();
    }

    @Override
    public String user() {
        return person.mail().user();
    }

    @Override
    public Optional<String> mainAddress() {
        return person.mainAddress();
    }

    @Override
    public Settings settings() {
        return person.settings();
    }

    /// RFC 5183 4.1; names of Dovecot's beside them.
    @Override
    public Optional<String> environment(String item) {
        String special = environment.get(item);
        if (special != null) {
            return Optional.of(special);
        }
        String host = around.host();
        return switch (item) {
            case "name" -> Optional.of("Palomar Sieve");
            case "version" -> Optional.of("1");
            case "host" -> Optional.of(host);
            case "domain" -> Optional.of(host.substring(host.indexOf('.') + 1));
            case "location" -> Optional.of("MDA");
            case "phase" -> Optional.of("during");
            case "vnd.dovecot.username" -> Optional.of(user());
            case "vnd.dovecot.default-mailbox" -> Optional.of(person.keepIn().value());
            default ->
                item.startsWith("vnd.dovecot.config.")
                        ? person.settings().get("sieve_environment/" + item.substring("vnd.dovecot.config.".length()))
                        : Optional.empty();
        };
    }

    @Override
    public boolean mailboxExists(String mailbox) {
        return entry(mailbox).filter(this::mayInsert).isPresent();
    }

    private Optional<Entry> entry(String mailbox) {
        try {
            return person.mail().find(MailboxChoice.name(person, mailbox));
        } catch (MailException noName) {
            if (noName.kind().temporary()) {
                throw noName;
            }
            return Optional.empty();
        }
    }

    private boolean mayInsert(Entry entry) {
        UserMail mail = person.mail();
        return mail.acl(entry.id()).list().of(Who.of(mail.user())).has(Right.INSERT);
    }

    @Override
    public boolean mailboxIdExists(String id) {
        return person.mail().mailboxes().stream()
                .anyMatch(entry -> entry.id().toString().equals(id) && mayInsert(entry));
    }

    @Override
    public boolean specialUseExists(Optional<String> mailbox, Set<String> uses) {
        List<SpecialUse> wanted =
                uses.stream().map(SpecialUse::parse).flatMap(Optional::stream).toList();
        if (wanted.size() < uses.size()) {
            return false;
        }
        if (mailbox.isPresent()) {
            return entry(mailbox.get())
                    .filter(entry -> entry.uses().containsAll(wanted))
                    .isPresent();
        }
        List<Entry> all = person.mail().mailboxes();
        return wanted.stream()
                .allMatch(use -> all.stream().anyMatch(entry -> entry.uses().contains(use)));
    }

    /// Entry names are in lower case: RFC 5464 3.1
    @Override
    public Optional<String> metadata(Optional<String> mailbox, String entry) {
        String name = "metadata" + entry.toLowerCase(Locale.ROOT);
        Optional<byte[]> value = mailbox.isEmpty()
                ? person.mail().attributes().get(name)
                : entry(mailbox.get())
                        .flatMap(found -> person.mail().attributes(found.id()).get(name));
        return value.map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<byte[]> script(boolean personal, String name) {
        return scripts.apply(personal, name);
    }

    @Override
    public Optional<String> sharedVariable(String name) {
        String written = shared.get(name);
        return written != null
                ? Optional.of(written)
                : person.mail()
                        .attributes()
                        .get(VARIABLES + name)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void sharedVariable(String name, String value) {
        if (shared.containsKey(name) || shared.size() < MOST_SHARED) {
            shared.put(name, value);
        }
    }

    /// Shared variables that were set, to be written with the rest.
    Map<String, Optional<byte[]>> changes() {
        Map<String, Optional<byte[]>> changes = new HashMap<>();
        shared.forEach(
                (name, value) -> changes.put(VARIABLES + name, Optional.of(value.getBytes(StandardCharsets.UTF_8))));
        return changes;
    }

    @Override
    public boolean hasList(String list) {
        return person.lists().apply(list).isPresent();
    }

    @Override
    public boolean listContains(String list, String value) {
        return person.lists()
                .apply(list)
                .filter(members -> members.stream().anyMatch(value::equalsIgnoreCase))
                .isPresent();
    }

    @Override
    public boolean wasSeen(String key) {
        return memory.knows(Memory.Kind.DUPLICATE, key);
    }

    @Override
    public ProgramResult run(String kind, String program, List<String> arguments, Optional<ByteSource> input)
            throws ProgramFailure {
        try {
            Programs.Call call = new Programs.Call(kind, program, arguments, input, user(), letter.envelope());
            return around.programs().run(call, person.settings());
        } catch (IOException unreadable) {
            throw Execution.unreadable(unreadable);
        }
    }

    @Override
    public void log(LogLevel level, String text) {
        log.say(level, text);
    }
}
