package palomar.imap;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// RFC 5256's threading algorithms word by word, with an object a message and walks of any length.
final class NaiveThreads {
    /// @param place from 0, as in the mailbox
    /// @param id null when there is none
    /// @param base base subject, folded
    record Message(
            int place,
            @Nullable String id,
            List<String> references,
            String base,
            boolean reply,
            long sent,
            long arrived) {}

    static final class Node {
        final @Nullable Message message;

        @Nullable
        Node parent;

        final List<Node> children = new ArrayList<>();

        Node(@Nullable Message message) {
            this.message = message;
        }

        Message shown() {
            return message == null ? children.getFirst().shown() : message;
        }

        void adopt(Node child) {
            child.leave();
            child.parent = this;
            children.add(child);
        }

        void leave() {
            if (parent != null) {
                parent.children.remove(this);
                parent = null;
            }
        }

        boolean isBelow(Node other) {
            for (Node at = this; at != null; at = at.parent) {
                if (at == other) {
                    return true;
                }
            }
            return false;
        }
    }

    private static final Comparator<Node> BY_DATE = Comparator.<Node>comparingLong(
                    node -> node.shown().sent())
            .thenComparingInt(node -> node.shown().place());

    private NaiveThreads() {}

    static String orderedSubject(List<Message> messages) {
        Map<String, Node> threads = new LinkedHashMap<>();
        for (Message message : bySent(messages)) {
            Node node = new Node(message);
            Node first = threads.putIfAbsent(message.base(), node);
            if (first != null) {
                first.adopt(node);
            }
        }
        List<Node> roots = new ArrayList<>(threads.values());
        roots.sort(BY_DATE);
        return print(roots);
    }

    private static List<Message> bySent(List<Message> messages) {
        List<Message> sorted = new ArrayList<>(messages);
        sorted.sort(Comparator.comparingLong(Message::sent).thenComparingInt(Message::place));
        return sorted;
    }

    static String refs(List<Message> messages) {
        List<Node> roots = new ArrayList<>(linked(messages).children);
        roots.sort(BY_DATE);
        roots.sort(Comparator.comparingLong(NaiveThreads::lastArrival));
        return print(roots);
    }

    private static long lastArrival(Node node) {
        long last = node.message == null ? Long.MIN_VALUE : node.message.arrived();
        for (Node child : node.children) {
            last = Math.max(last, lastArrival(child));
        }
        return last;
    }

    static String references(List<Message> messages) {
        Node root = linked(messages);
        root.children.sort(BY_DATE);
        mergeSubjects(root);
        sort(root);
        return print(root.children);
    }

    /// Steps 1 to 3; children are sorted.
    private static Node linked(List<Message> messages) {
        Map<String, Node> byId = new HashMap<>();
        List<Node> all = new ArrayList<>();
        Map<Message, Node> nodes = new HashMap<>();
        for (Message message : messages) {
            Node node = new Node(message);
            nodes.put(message, node);
            all.add(node);
            if (message.id() != null) {
                byId.putIfAbsent(message.id(), node);
            }
        }
        for (Message message : messages) {
            Node before = null;
            for (String id : message.references()) {
                Node node = byId.get(id);
                if (node == null) {
                    node = new Node(null);
                    byId.put(id, node);
                    all.add(node);
                }
                if (before != null && node.parent == null && !before.isBelow(node)) {
                    before.adopt(node);
                }
                before = node;
            }
            Node node = nodes.get(message);
            node.leave();
            if (before != null && !before.isBelow(node)) {
                before.adopt(node);
            }
        }
        Node root = new Node(null);
        for (Node node : all) {
            if (node.parent == null) {
                root.adopt(node);
            }
        }
        for (Node node : List.copyOf(root.children)) {
            prune(node, root);
        }
        sort(root);
        return root;
    }

    private static void prune(Node node, Node root) {
        for (Node child : List.copyOf(node.children)) {
            prune(child, root);
        }
        if (node.message != null || node.parent == root && node.children.size() > 1) {
            return;
        }
        Node above = node.parent;
        for (Node child : List.copyOf(node.children)) {
            above.adopt(child);
        }
        node.leave();
    }

    private static void sort(Node node) {
        for (Node child : node.children) {
            sort(child);
        }
        node.children.sort(BY_DATE);
    }

    private static void mergeSubjects(Node root) {
        Map<String, Node> table = new HashMap<>();
        for (Node node : root.children) {
            String subject = node.shown().base();
            if (subject.isEmpty()) {
                continue;
            }
            Node known = table.get(subject);
            boolean replaces = known != null
                    && known.message != null
                    && (node.message == null || known.message.reply() && !node.message.reply());
            if (known == null || replaces) {
                table.put(subject, node);
            }
        }
        for (Node node : List.copyOf(root.children)) {
            String subject = node.shown().base();
            Node known = table.get(subject);
            if (subject.isEmpty() || known == node || node.parent != root) {
                continue;
            }
            if (known.message == null && node.message == null) {
                for (Node child : List.copyOf(node.children)) {
                    known.adopt(child);
                }
                node.leave();
            } else if (known.message == null
                    || node.message != null && node.message.reply() && !known.message.reply()) {
                known.adopt(node);
            } else {
                Node dummy = new Node(null);
                root.adopt(dummy);
                dummy.adopt(known);
                dummy.adopt(node);
                table.put(subject, dummy);
            }
        }
    }

    private static String print(List<Node> roots) {
        StringBuilder out = new StringBuilder("* THREAD");
        if (!roots.isEmpty()) {
            out.append(' ');
        }
        roots.forEach(root -> thread(root, out));
        return out.append("\r\n").toString();
    }

    private static void thread(Node node, StringBuilder out) {
        out.append('(');
        members(node, out);
        out.append(')');
    }

    private static void members(Node node, StringBuilder out) {
        if (node.message != null) {
            out.append(node.message.place() + 1);
        }
        if (node.message != null && !node.children.isEmpty()) {
            out.append(' ');
        }
        if (node.children.size() == 1) {
            members(node.children.getFirst(), out);
        } else {
            node.children.forEach(child -> thread(child, out));
        }
    }
}
