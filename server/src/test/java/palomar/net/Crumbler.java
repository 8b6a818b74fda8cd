package palomar.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Stands between a client and the server and passes on what the client sends byte by byte, and damaged if asked.
final class Crumbler implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final Socket server;
    private volatile boolean damage;

    Crumbler(Socket server) throws IOException {
        this.server = server;
        server.setTcpNoDelay(true);
        Thread.ofVirtual().start(this::run);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) door.getLocalSocketAddress();
    }

    /// Flips a bit in the next packet's last byte.
    void damageNext() {
        damage = true;
    }

    private void run() {
        try (Socket client = door.accept()) {
            Thread back = Thread.ofVirtual().start(() -> copyBack(client));
            InputStream in = client.getInputStream();
            OutputStream out = server.getOutputStream();
            byte[] some = new byte[65_536];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                if (damage) {
                    damage = false;
                    some[count - 1] ^= 1;
                }
                for (int i = 0; i < count; i++) {
                    out.write(some, i, 1);
                }
            }
            server.shutdownOutput();
            back.join();
        } catch (IOException | InterruptedException e) {
            close();
        }
    }

    private void copyBack(Socket client) {
        try {
            server.getInputStream().transferTo(client.getOutputStream());
            client.shutdownOutput();
        } catch (IOException e) {
            close();
        }
    }

    @Override
    public void close() {
        try {
            door.close();
            server.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
