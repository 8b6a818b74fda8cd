package palomar.sieve;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import palomar.bytes.ByteSource;

/// A world in which there is nothing but settings.
public class QuietHost implements Host {
    public final Map<String, String> settings = new HashMap<>();

    @Override
    public Instant now() {
        return Instant.parse("2026-11-24T15:00:00Z");
    }

    @Override
    public ZoneId zone() {
        return ZoneOffset.UTC;
    }

    @Override
    public String user() {
        return "roadrunner";
    }

    @Override
    public Optional<String> mainAddress() {
        return Optional.empty();
    }

    @Override
    public Settings settings() {
        return name -> Optional.ofNullable(settings.get(name));
    }

    @Override
    public Optional<String> environment(String item) {
        return Optional.empty();
    }

    @Override
    public boolean mailboxExists(String mailbox) {
        return false;
    }

    @Override
    public boolean mailboxIdExists(String id) {
        return false;
    }

    @Override
    public boolean specialUseExists(Optional<String> mailbox, Set<String> uses) {
        return false;
    }

    @Override
    public Optional<String> metadata(Optional<String> mailbox, String entry) {
        return Optional.empty();
    }

    @Override
    public Optional<byte[]> script(boolean personal, String name) {
        return Optional.empty();
    }

    @Override
    public Optional<String> sharedVariable(String name) {
        return Optional.empty();
    }

    @Override
    public void sharedVariable(String name, String value) {}

    @Override
    public boolean hasList(String list) {
        return false;
    }

    @Override
    public boolean listContains(String list, String value) {
        return false;
    }

    @Override
    public boolean wasSeen(String key) {
        return false;
    }

    @Override
    public ProgramResult run(String kind, String program, List<String> arguments, Optional<ByteSource> input)
            throws ProgramFailure {
        throw new ProgramFailure("no programs here");
    }

    @Override
    public void log(LogLevel level, String text) {}
}
