package palomar.sieve.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.syntax.Token.Kind;

/// Reads a script into a tree. What is wrong is reported, and reading goes on behind the next `;` or block. RFC 5228
/// 8.2. One thread, one use.
public final class Parser {
    private static final int MOST_STRINGS = 10_000;

    private final Lexer lexer;
    private final Diagnostics diagnostics;
    private final int mostNesting;
    private Token token;
    /// Once the nesting is too deep, nothing else is worth reporting.
    private boolean gaveUp;
    private int blocks;
    private int tests;

    private Parser(byte[] source, int mostNesting, Diagnostics diagnostics) {
        this.lexer = new Lexer(source, diagnostics);
        this.diagnostics = diagnostics;
        this.mostNesting = mostNesting;
        this.token = lexer.next();
    }

    /// The commands of the script; of use only when no error was reported.
    ///
    /// @param mostNesting blocks within each other, and tests within each other
    public static List<Call> parse(byte[] source, int mostNesting, Diagnostics diagnostics) {
        return new Parser(source, mostNesting, diagnostics).script();
    }

    private List<Call> script() {
        List<Call> commands = new ArrayList<>();
        while (!token.is(Kind.END)) {
            commands(commands);
            if (token.is(Kind.CLOSE_BRACE)) {
                error("unexpected '}': there is no block that it could end");
                advance();
            }
        }
        return List.copyOf(commands);
    }

    private void commands(List<Call> into) {
        while (!token.is(Kind.END) && !token.is(Kind.CLOSE_BRACE)) {
            if (token.is(Kind.IDENTIFIER)) {
                command().ifPresent(into::add);
            } else {
                if (!token.is(Kind.ODD)) {
                    error("unexpected " + token.described() + ": expected the name of a command");
                }
                recover();
            }
        }
    }

    private Optional<Call> command() {
        Position at = token.at();
        Call head = call().orElse(null);
        if (head == null) {
            recover();
            return Optional.empty();
        }
        if (token.is(Kind.SEMICOLON)) {
            advance();
            return Optional.of(head);
        }
        if (token.is(Kind.OPEN_BRACE)) {
            return Optional.of(withBlock(head));
        }
        if (token.is(Kind.CLOSE_BRACE) || token.is(Kind.END)) {
            diagnostics.error(
                    at, "missing semicolon ';' behind the " + head.name() + " command: found " + token.described());
            return Optional.empty();
        }
        if (!token.is(Kind.ODD)) {
            error("unexpected " + token.described() + " in the " + head.name()
                    + " command: expected ';', a block or another argument");
        }
        recover();
        return Optional.empty();
    }

    private Call withBlock(Call head) {
        Position open = token.at();
        advance();
        List<Call> block = new ArrayList<>();
        inBlock(open, block);
        if (token.is(Kind.CLOSE_BRACE)) {
            advance();
        } else if (!gaveUp) {
            diagnostics.error(open, "missing '}': the block of the " + head.name() + " command has no end");
        }
        return new Call(
                head.at(),
                head.name(),
                head.arguments(),
                head.tests(),
                head.listed(),
                Optional.of(List.copyOf(block)));
    }

    /// The commands of a block, unless it is too deep within others.
    private void inBlock(Position where, List<Call> into) {
        if (blocks == mostNesting) {
            giveUp(where, "blocks");
            return;
        }
        blocks++;
        commands(into);
        blocks--;
    }

    private void giveUp(Position where, String what) {
        if (!gaveUp) {
            diagnostics.error(where, "nesting of " + what + " exceeds the limit of " + mostNesting + " levels");
        }
        gaveUp = true;
        while (!token.is(Kind.END)) {
            advance();
        }
    }

    /// A name with its arguments and tests; empty when it is broken, with what is wrong reported.
    private Optional<Call> call() {
        Position at = token.at();
        String name = token.text();
        advance();
        List<Argument> arguments = new ArrayList<>();
        while (startsArgument()) {
            Argument argument = argument(name).orElse(null);
            if (argument == null) {
                return Optional.empty();
            }
            arguments.add(argument);
        }
        List<Call> inner = new ArrayList<>();
        boolean listed = token.is(Kind.OPEN_PARENTHESIS);
        if (listed || token.is(Kind.IDENTIFIER)) {
            if (!tests(name, listed, inner)) {
                return Optional.empty();
            }
        }
        return Optional.of(
                new Call(at, name, List.copyOf(arguments), List.copyOf(inner), listed, Optional.empty()));
    }

    private boolean tests(String name, boolean listed, List<Call> into) {
        if (tests == mostNesting) {
            giveUp(token.at(), "tests");
            return false;
        }
        tests++;
        boolean whole = listed ? testList(name, into) : test(into);
        tests--;
        return whole;
    }

    private boolean test(List<Call> into) {
        Optional<Call> test = call();
        test.ifPresent(into::add);
        return test.isPresent();
    }

    private boolean testList(String name, List<Call> into) {
        do {
            advance();
            if (!token.is(Kind.IDENTIFIER)) {
                return unexpected("the name of a test", name);
            }
            if (!test(into)) {
                return false;
            }
        } while (token.is(Kind.COMMA));
        if (!token.is(Kind.CLOSE_PARENTHESIS)) {
            return unexpected("',' or ')' in a list of tests", name);
        }
        advance();
        return true;
    }

    private boolean startsArgument() {
        return switch (token.kind()) {
            case STRING, NUMBER, TAG, OPEN_BRACKET -> true;
            default -> false;
        };
    }

    private Optional<Argument> argument(String name) {
        Token first = token;
        advance();
        return switch (first.kind()) {
            case STRING -> Optional.of(new Argument.Quoted(first.at(), first.text()));
            case NUMBER -> Optional.of(new Argument.Number(first.at(), first.number()));
            case TAG -> Optional.of(new Argument.Tag(first.at(), first.text()));
            default -> strings(first.at(), name);
        };
    }

    private Optional<Argument> strings(Position at, String name) {
        List<Argument.Quoted> values = new ArrayList<>();
        while (token.is(Kind.STRING)) {
            values.add(new Argument.Quoted(token.at(), token.text()));
            advance();
            if (token.is(Kind.CLOSE_BRACKET)) {
                advance();
                if (values.size() > MOST_STRINGS) {
                    diagnostics.error(at, "string list exceeds the limit of " + MOST_STRINGS + " strings");
                }
                return Optional.of(new Argument.Strings(at, List.copyOf(values)));
            }
            if (!token.is(Kind.COMMA)) {
                unexpected("',' or ']' in a string list", name);
                return Optional.empty();
            }
            advance();
        }
        unexpected("a string in a string list", name);
        return Optional.empty();
    }

    private boolean unexpected(String expected, String name) {
        if (!token.is(Kind.ODD)) {
            error("unexpected " + token.described() + " in the arguments of '" + name + "': expected " + expected);
        }
        return false;
    }

    /// Skips what is left of a broken command: to its semicolon or over its block, but never over the end of the
    /// block that it stands in. Commands inside its block are read, to find what else is wrong.
    private void recover() {
        while (!token.is(Kind.END)) {
            switch (token.kind()) {
                case SEMICOLON -> {
                    advance();
                    return;
                }
                case CLOSE_BRACE -> {
                    return;
                }
                case OPEN_BRACE -> {
                    skippedBlock();
                    return;
                }
                default -> advance();
            }
        }
    }

    private void skippedBlock() {
        Position open = token.at();
        advance();
        inBlock(open, new ArrayList<>());
        if (token.is(Kind.CLOSE_BRACE)) {
            advance();
        }
    }

    private void error(String text) {
        if (!gaveUp) {
            diagnostics.error(token.at(), text);
        }
    }

    private void advance() {
        token = lexer.next();
    }
}
