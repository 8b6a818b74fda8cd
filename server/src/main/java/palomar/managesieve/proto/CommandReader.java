package palomar.managesieve.proto;

import java.io.IOException;
import java.util.Optional;
import palomar.bytes.ByteInput;

/// Reads commands from a connection, one at a time. RFC 5804 4
///
/// Every call ends at the start of the next command, whatever the client sent. Literals in commands are not asked
/// for: clients send them at once. The end of the input shows as `java.io.EOFException`. Belongs to the session's
/// thread; limits may be changed between calls.
public final class CommandReader {
    private static final int LONGEST_VERB = 16;

    /// Empty lines before a command that are passed over: some clients send one behind a literal.
    private static final int EMPTY_LINES = 8;

    private final Tokens tokens;

    public CommandReader(ByteInput in, Limits limits) {
        tokens = new Tokens(in, limits);
    }

    /// Other limits from the next command on: after login.
    public void limits(Limits limits) {
        tokens.limits(limits);
    }

    /// Waits for a whole command.
    public Command read() throws IOException {
        try {
            begin();
            return command(tokens.verb(LONGEST_VERB));
        } catch (SyntaxException e) {
            return skipped(new Command.Malformed(e.why()));
        }
    }

    private Command skipped(Command command) throws IOException {
        return tokens.skipRest() ? command : new Command.Hopeless("too much data behind an error");
    }

    private void begin() throws IOException, SyntaxException {
        tokens.begin();
        for (int empty = 0; empty < EMPTY_LINES && tokens.peek() == '\r'; empty++) {
            tokens.lineEnd("a command");
            tokens.begin();
        }
    }

    private Command command(String verb) throws IOException, SyntaxException {
        return switch (verb) {
            case "AUTHENTICATE" -> authenticate();
            case "STARTTLS" -> ended(new Command.StartTls());
            case "LOGOUT" -> ended(new Command.Logout());
            case "CAPABILITY" -> ended(new Command.Capability());
            case "HAVESPACE" -> {
                String name = name();
                tokens.space();
                yield ended(new Command.HaveSpace(name, tokens.number()));
            }
            case "PUTSCRIPT" -> script(Optional.of(name()));
            case "CHECKSCRIPT" -> script(Optional.empty());
            case "LISTSCRIPTS" -> ended(new Command.ListScripts());
            case "SETACTIVE" -> ended(new Command.SetActive(name()));
            case "GETSCRIPT" -> ended(new Command.GetScript(name()));
            case "DELETESCRIPT" -> ended(new Command.DeleteScript(name()));
            case "RENAMESCRIPT" -> {
                String from = name();
                yield ended(new Command.RenameScript(from, name()));
            }
            case "NOOP" -> noop();
            case "UNAUTHENTICATE" -> ended(new Command.Unauthenticate());
            case "" -> throw new SyntaxException("expected a command");
            default -> skipped(new Command.Unknown());
        };
    }

    private Command ended(Command command) throws IOException, SyntaxException {
        tokens.lineEnd("the end of the line");
        return command;
    }

    /// RFC 5804 4: sieve-name
    private String name() throws IOException, SyntaxException {
        tokens.space();
        return tokens.text(tokens.limits().text());
    }

    /// RFC 5804 4: command-authenticate
    private Command authenticate() throws IOException, SyntaxException {
        tokens.space();
        String mechanism = tokens.text(tokens.limits().text());
        Optional<byte[]> initial = Optional.empty();
        if (!tokens.atLineEnd()) {
            tokens.space();
            initial = Optional.of(tokens.octets(tokens.limits().response()));
        }
        return ended(new Command.Authenticate(mechanism, initial));
    }

    private Command script(Optional<String> name) throws IOException, SyntaxException {
        tokens.space();
        byte[] content;
        try {
            content = tokens.string(tokens.limits().script());
        } catch (TooBigException big) {
            return skipped(new Command.TooBig(big.size()));
        }
        return ended(name.isPresent() ? new Command.PutScript(name.get(), content) : new Command.CheckScript(content));
    }

    private Command noop() throws IOException, SyntaxException {
        if (tokens.atLineEnd()) {
            return ended(new Command.Noop(Optional.empty()));
        }
        tokens.space();
        return ended(new Command.Noop(Optional.of(tokens.octets(tokens.limits().text()))));
    }

    /// Waits for the answer to a challenge.
    public AuthLine readAuthLine() throws IOException {
        tokens.begin();
        try {
            byte[] response = tokens.octets(tokens.limits().response());
            tokens.lineEnd("the end of the line");
            boolean cancelled = response.length == 1 && response[0] == '*';
            return cancelled ? new AuthLine.Cancelled() : new AuthLine.Response(response);
        } catch (SyntaxException e) {
            return new AuthLine.Malformed(tokens.skipRest() ? e.why() : "too much data behind an error");
        }
    }
}
