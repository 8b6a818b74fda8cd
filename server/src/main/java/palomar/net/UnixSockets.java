package palomar.net;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Puts Unix sockets into the file system and takes them out again.
final class UnixSockets {
    private UnixSockets() {}

    /// Binds beside the name, sets the mode, then renames: nobody ever meets the socket with another mode, and a
    /// stale one is replaced in the same step.
    static ServerSocketChannel bind(Endpoint.Unix endpoint, int backlog) throws IOException {
        Path path = endpoint.path().toAbsolutePath();
        refuseUnlessStale(path);
        Path beside = path.resolveSibling("." + path.getFileName() + ".new");
        Files.deleteIfExists(beside);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.bind(UnixDomainSocketAddress.of(beside), backlog);
            Files.setPosixFilePermissions(beside, permissions(endpoint.mode()));
            Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return channel;
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(beside);
            throw new IOException("can't listen on " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private static void refuseUnlessStale(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException("can't listen on unix:" + path + ": a file of another kind is in the way");
        }
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return;
        }
        throw new IOException("can't listen on unix:" + path + ": another process listens there");
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> set = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all = PosixFilePermission.values();
        for (int i = 0; i < all.length; i++) {
            if ((mode & 0400 >> i) != 0) {
                set.add(all[i]);
            }
        }
        return set;
    }

    static void remove(Endpoint.Unix endpoint) throws IOException {
        Files.deleteIfExists(endpoint.path());
    }
}
