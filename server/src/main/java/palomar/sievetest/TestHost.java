package palomar.sievetest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;
import palomar.delivery.sieve.Programs;
import palomar.mail.SpecialUse;
import palomar.sieve.Host;
import palomar.sieve.Settings;
import palomar.storage.UserMail.Entry;

/// What scripts of one file ask of the world. One thread.
final class TestHost implements Host {
    private final TestWorld world;
    private final boolean tested;

    /// @param tested for a script under test, whose complaints go on the list
    TestHost(TestWorld world, boolean tested) {
        this.world = world;
        this.tested = tested;
    }

    @Override
    public Instant now() {
        return world.clock().instant();
    }

    @Override
    public ZoneId zone() {
        return ZoneId.systemDefault();
    }

    @Override
    public String user() {
        return TestStore.USER;
    }

    @Override
    public Optional<String> mainAddress() {
        return world.settings().get("sieve_user_email");
    }

    @Override
    public Settings settings() {
        return world.settings();
    }

    @Override
    public Optional<String> environment(String item) {
        return switch (item) {
            case "location" -> Optional.of("MS");
            case "phase" -> Optional.of("post");
            case "name" -> Optional.of("Palomar Sieve");
            case "version" -> Optional.of(world.version());
            case "host" -> Optional.of(TestWorld.HOST_NAME);
            case "domain" -> Optional.of(TestWorld.HOST_NAME.substring(TestWorld.HOST_NAME.indexOf('.') + 1));
            default -> Optional.empty();
        };
    }

    @Override
    public boolean mailboxExists(String mailbox) {
        return world.store().find(mailbox).isPresent();
    }

    @Override
    public boolean mailboxIdExists(String id) {
        return world.store().mail().mailboxes().stream()
                .anyMatch(entry -> entry.id().toString().equals(id));
    }

    @Override
    public boolean specialUseExists(Optional<String> mailbox, Set<String> uses) {
        List<Entry> among = mailbox.isPresent()
                ? world.store().find(mailbox.get()).stream().toList()
                : world.store().mail().mailboxes();
        return uses.stream().allMatch(use -> has(among, SpecialUse.parse(use)));
    }

    private static boolean has(List<Entry> among, Optional<SpecialUse> use) {
        return use.isPresent() && among.stream().anyMatch(entry -> entry.uses().contains(use.get()));
    }

    @Override
    public Optional<String> metadata(Optional<String> mailbox, String entry) {
        return world.store().annotation(mailbox, entry);
    }

    @Override
    public Optional<byte[]> script(boolean personal, String name) {
        return world.scripts().script(personal, name);
    }

    @Override
    public Optional<String> sharedVariable(String name) {
        return Optional.ofNullable(world.sharedVariables().get(name));
    }

    @Override
    public void sharedVariable(String name, String value) {
        world.sharedVariables().put(name, value);
    }

    @Override
    public boolean hasList(String list) {
        return world.lists().has(list);
    }

    @Override
    public boolean listContains(String list, String value) {
        return world.lists().contains(list, value);
    }

    @Override
    public boolean wasSeen(String key) {
        return false;
    }

    @Override
    public ProgramResult run(String kind, String program, List<String> arguments, Optional<ByteSource> input)
            throws ProgramFailure {
        Programs.Call call = new Programs.Call(kind, program, arguments, input, TestStore.USER, world.envelope());
        try {
            return world.programs().run(call, world.settings());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void log(LogLevel level, String text) {
        if (tested) {
            world.logged(level, text);
        } else {
            world.ownLog(level, text);
        }
    }
}
