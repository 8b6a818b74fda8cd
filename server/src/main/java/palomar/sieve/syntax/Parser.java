package palomar.sieve.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import palomar.sieve.syntax.Token.Kind;

/// Reads a script into a tree. RFC 5228 8.2. One thread, one use.
///
/// What is wrong is reported, and reading goes on with the token at hand: a broken list ends at its bracket, a
/// broken command at its semicolon or block. Something that can't begin a command ends the reading.
public final class Parser {
    private static final int MOST_STRINGS = 10_000;

    private final Lexer lexer;
    private final Diagnostics diagnostics;
    private final int mostNesting;
    private Token token;
    private int blocks;
    private int tests;
    /// What follows is not worth reporting.
    private boolean gaveUp;
    /// The command before was broken: what doesn't fit behind it is a part of it.
    private boolean recovered;

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
        Parser parser = new Parser(source, mostNesting, diagnostics);
        List<Call> commands = new ArrayList<>();
        parser.commands(commands);
        if (!parser.token.is(Kind.END)) {
            parser.giveUp("unexpected " + parser.token.described() + ": expected the name of a command");
        }
        return List.copyOf(commands);
    }

    private void commands(List<Call> into) {
        while (token.is(Kind.IDENTIFIER)) {
            into.add(command());
        }
    }

    private Call command() {
        recovered = false;
        Call head = call();
        if (!token.is(Kind.SEMICOLON) && !token.is(Kind.OPEN_BRACE)) {
            error("missing semicolon ';' or block '{' at the end of the " + head.name()
                    + " command: expected one of them, but found " + token.described());
            recover();
        }
        if (token.is(Kind.OPEN_BRACE)) {
            return withBlock(head);
        }
        if (token.is(Kind.SEMICOLON)) {
            advance();
        }
        return head;
    }

    /// Skips what is left of a broken command.
    private void recover() {
        while (!token.is(Kind.SEMICOLON)
                && !token.is(Kind.OPEN_BRACE)
                && !token.is(Kind.CLOSE_BRACE)
                && !token.is(Kind.END)) {
            advance();
        }
    }

    private Call withBlock(Call head) {
        List<Call> block = new ArrayList<>();
        if (blocks == mostNesting) {
            giveUp("nesting of blocks exceeds the limit of " + mostNesting + " levels");
        } else {
            advance();
            blocks++;
            commands(block);
            blocks--;
        }
        if (token.is(Kind.CLOSE_BRACE)) {
            recovered = false;
            advance();
        } else {
            giveUp("missing end of the block '}' of the " + head.name()
                    + " command: expected a command or '}', but found " + token.described());
        }
        return new Call(
                head.at(), head.name(), head.arguments(), head.tests(), head.listed(), Optional.of(List.copyOf(block)));
    }

    private void giveUp(String text) {
        if (!recovered || token.is(Kind.END)) {
            error(text);
        }
        gaveUp = true;
        while (!token.is(Kind.END)) {
            lexer.quiet();
            advance();
        }
    }

    /// A name with its arguments and tests.
    private Call call() {
        Position at = token.at();
        String name = token.text();
        advance();
        List<Argument> arguments = new ArrayList<>();
        while (argument(arguments)) {}
        List<Call> inner = new ArrayList<>();
        boolean listed = token.is(Kind.OPEN_PARENTHESIS);
        if (listed || token.is(Kind.IDENTIFIER)) {
            if (tests == mostNesting) {
                giveUp("nesting of tests exceeds the limit of " + mostNesting + " levels");
            } else {
                tests++;
                tests(inner, listed);
                tests--;
            }
        }
        return new Call(at, name, List.copyOf(arguments), List.copyOf(inner), listed, Optional.empty());
    }

    private boolean argument(List<Argument> into) {
        switch (token.kind()) {
            case STRING -> into.add(new Argument.Quoted(token.at(), token.text()));
            case NUMBER -> into.add(new Argument.Number(token.at(), token.number()));
            case TAG -> into.add(new Argument.Tag(token.at(), token.text()));
            case OPEN_BRACKET -> {
                into.add(strings());
                return true;
            }
            default -> {
                return false;
            }
        }
        advance();
        return true;
    }

    private Argument strings() {
        Position at = token.at();
        List<Argument.Quoted> values = new ArrayList<>();
        do {
            advance();
            if (!token.is(Kind.STRING)) {
                error("unexpected " + token.described() + " in a string list: expected a string");
                recoverTo(Kind.CLOSE_BRACKET);
                break;
            }
            values.add(new Argument.Quoted(token.at(), token.text()));
            advance();
        } while (token.is(Kind.COMMA));
        endList(Kind.CLOSE_BRACKET, "a string list: expected ',' or ']'");
        if (values.size() > MOST_STRINGS) {
            diagnostics.error(at, "string list exceeds the limit of " + MOST_STRINGS + " strings");
        }
        return new Argument.Strings(at, List.copyOf(values));
    }

    private void tests(List<Call> into, boolean listed) {
        if (!listed) {
            into.add(call());
            return;
        }
        do {
            advance();
            if (!token.is(Kind.IDENTIFIER)) {
                error("unexpected " + token.described() + " in a list of tests: expected the name of a test");
                recoverTo(Kind.CLOSE_PARENTHESIS);
                break;
            }
            into.add(call());
        } while (token.is(Kind.COMMA));
        endList(Kind.CLOSE_PARENTHESIS, "a list of tests: expected ',' or ')'");
    }

    private void endList(Kind end, String where) {
        if (!token.is(end)) {
            error("unexpected " + token.described() + " in " + where);
            recoverTo(end);
        }
        if (token.is(end)) {
            advance();
        }
    }

    /// Skips what is left of a broken list; not more than its end, that of a list around it, or of the command.
    private void recoverTo(Kind end) {
        while (!token.is(end)) {
            switch (token.kind()) {
                case CLOSE_PARENTHESIS, SEMICOLON, OPEN_BRACE, CLOSE_BRACE, END -> {
                    return;
                }
                default -> advance();
            }
        }
    }

    private void error(String text) {
        recovered |= token.is(Kind.BAD);
        if (!gaveUp && !token.is(Kind.BAD) && !lexer.failed()) {
            diagnostics.error(token.at(), text);
            gaveUp = token.is(Kind.END);
            recovered = true;
        }
    }

    private void advance() {
        token = lexer.next();
    }
}
