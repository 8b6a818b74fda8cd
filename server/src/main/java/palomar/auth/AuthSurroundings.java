package palomar.auth;

import java.security.SecureRandom;
import java.time.InstantSource;
import palomar.event.Event;

/// Time, chance and voice of the door.
public record AuthSurroundings(InstantSource clock, Sleeper sleeper, SecureRandom random, Event events) {
    /// For a running server.
    public static AuthSurroundings system(Event events) {
        return new AuthSurroundings(InstantSource.system(), Sleeper.THREAD, new SecureRandom(), events);
    }
}
