package palomar.server;

import palomar.server.command.CommandLines;

/// Where the program starts.
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        int code = CommandLines.run(Terminal.system(), args);
        System.out.flush();
        System.exit(code);
    }
}
