package palomar.imap.proto;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The rules of `commands.grammar`, whose head says how they are written.
public final class Grammar {
    private static final int MANY = 3;

    /// What a rule is made of. Compared by identity: each stands in one place of the grammar.
    sealed interface Node {}

    record Text(String text, int place) implements Node {}

    /// A value that [Sentences] makes.
    record Made(String name, int place) implements Node {}

    record Rule(String name, int place) implements Node {}

    record Choice(List<Node> options, int place) implements Node {}

    record Sequence(List<Node> parts, int place) implements Node {}

    record Repeat(int least, int most, Node node, int place) implements Node {}

    private final Map<String, Node> rules = new LinkedHashMap<>();
    private final Map<String, List<String>> wrong = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    /// The rules that can be reached from each node, itself counted.
    private final Map<Node, Set<Node>> reach = new java.util.IdentityHashMap<>();

    private String line = "";
    private int at;

    public static Grammar ofCommands() {
        try (InputStream in =
                Objects.requireNonNull(Grammar.class.getResourceAsStream("commands.grammar"), "commands.grammar")) {
            return new Grammar(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Grammar(String text) {
        String name = "";
        for (String each : text.split("\n")) {
            if (each.startsWith("!")) {
                wrong.computeIfAbsent(name, rule -> new ArrayList<>()).add(each.length() < 3 ? "" : each.substring(2));
            } else if (!each.isBlank() && !each.startsWith("#")) {
                int equals = each.indexOf(" = ");
                name = each.substring(0, equals);
                line = each;
                at = equals + 3;
                rules.put(name, choice());
                if (at < line.length()) {
                    throw new IllegalArgumentException("what is this? " + line.substring(at));
                }
            }
        }
        for (Node node : nodes) {
            if (node instanceof Rule rule && !rules.containsKey(rule.name)) {
                throw new IllegalArgumentException("no rule " + rule.name);
            }
        }
        findReach();
    }

    Node rule(String name) {
        return Objects.requireNonNull(rules.get(name), name);
    }

    Set<String> names() {
        return rules.keySet();
    }

    /// Every place in the grammar.
    List<Node> nodes() {
        return nodes;
    }

    /// Texts that can't stand for a rule, with the escapes of the file.
    Map<String, List<String>> wrong() {
        return wrong;
    }

    boolean reaches(Node from, Node target) {
        return reach.get(from).contains(target);
    }

    // ---- reading

    private <N extends Node> N keep(N node) {
        nodes.add(node);
        return node;
    }

    private void skipSpaces() {
        while (at < line.length() && line.charAt(at) == ' ') {
            at++;
        }
    }

    private Node choice() {
        List<Node> options = new ArrayList<>();
        options.add(sequence());
        while (at < line.length() && line.charAt(at) == '/') {
            at++;
            options.add(sequence());
        }
        return options.size() == 1 ? options.getFirst() : keep(new Choice(options, nodes.size()));
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        for (skipSpaces(); at < line.length() && ")]/".indexOf(line.charAt(at)) < 0; skipSpaces()) {
            parts.add(element());
        }
        return parts.size() == 1 ? parts.getFirst() : keep(new Sequence(parts, nodes.size()));
    }

    private Node element() {
        char c = line.charAt(at);
        if (c == '*' || c == '1' && line.startsWith("1*", at)) {
            at += c == '*' ? 1 : 2;
            int least = c == '*' ? 0 : 1;
            return keep(new Repeat(least, MANY, element(), nodes.size()));
        }
        if (c == '[' || c == '(') {
            at++;
            Node inner = choice();
            at++;
            return c == '(' ? inner : keep(new Repeat(0, 1, inner, nodes.size()));
        }
        if (c == '\'' || c == '<') {
            int end = line.indexOf(c == '<' ? '>' : '\'', at + 1);
            String text = line.substring(at + 1, end);
            at = end + 1;
            return keep(c == '<' ? new Made(text, nodes.size()) : new Text(text, nodes.size()));
        }
        int start = at;
        while (at < line.length() && " )]/".indexOf(line.charAt(at)) < 0) {
            at++;
        }
        return keep(new Rule(line.substring(start, at), nodes.size()));
    }

    // ---- reach

    private void findReach() {
        for (Node node : nodes) {
            Set<Node> own = java.util.Collections.newSetFromMap(new java.util.IdentityHashMap<>());
            own.add(node);
            reach.put(node, own);
        }
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Node node : nodes) {
                for (Node below : below(node)) {
                    grows |= reach.get(node).addAll(reach.get(below));
                }
            }
        }
    }

    private List<Node> below(Node node) {
        return switch (node) {
            case Text text -> List.of();
            case Made made -> List.of();
            case Rule rule -> List.of(rule(rule.name));
            case Choice choice -> choice.options;
            case Sequence sequence -> sequence.parts;
            case Repeat repeat -> List.of(repeat.node);
        };
    }

    /// Rules that no other rule names.
    Set<String> unused() {
        Set<String> unused = new HashSet<>(rules.keySet());
        for (Node node : nodes) {
            if (node instanceof Rule rule) {
                unused.remove(rule.name);
            }
        }
        return unused;
    }
}
