package palomar.auth;

import java.security.SecureRandom;
import java.time.InstantSource;
import palomar.event.Event;

/// Time, chance and voice of the door.
///
/// @param saltKey of [InventedSalts]
public record AuthSurroundings(
        InstantSource clock, Sleeper sleeper, SecureRandom random, Event events, byte[] saltKey) {
    private static final int SALT_KEY_BYTES = 32;

    /// With a new key for salts, for tests and for commands that let nobody in.
    public AuthSurroundings(InstantSource clock, Sleeper sleeper, SecureRandom random, Event events) {
        this(clock, sleeper, random, events, newSaltKey(random));
    }

    public AuthSurroundings withSaltKey(byte[] key) {
        return new AuthSurroundings(clock, sleeper, random, events, key);
    }

    /// For a running server.
    public static AuthSurroundings system(Event events) {
        return new AuthSurroundings(InstantSource.system(), Sleeper.THREAD, new SecureRandom(), events);
    }

    public static byte[] newSaltKey(SecureRandom random) {
        byte[] key = new byte[SALT_KEY_BYTES];
        random.nextBytes(key);
        return key;
    }
}
