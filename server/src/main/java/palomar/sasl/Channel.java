package palomar.sasl;

import java.util.Set;
import palomar.password.ScramHash;

/// What decides which mechanisms may be used on a connection.
///
/// @param plaintext may a password cross this line?
/// @param keys hashes for which every user of this server has SCRAM keys
public record Channel(boolean plaintext, Set<ScramHash> keys, ChannelBinding binding) {
    public Channel {
        keys = Set.copyOf(keys);
    }
}
