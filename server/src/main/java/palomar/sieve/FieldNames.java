package palomar.sieve;

import java.util.ArrayList;
import java.util.List;
import palomar.message.edit.FieldName;

/// Names of header fields that a test looks at. Those that are constant are made ready once. Immutable.
public final class FieldNames {
    private final Texts texts;
    private final boolean constant;
    private final List<FieldName> ready;

    private FieldNames(Texts texts, List<FieldName> ready) {
        this.texts = texts;
        this.ready = ready;
        this.constant = texts.isConstant();
    }

    public static FieldNames of(Texts texts) {
        return new FieldNames(texts, texts.isConstant() ? named(texts.constants()) : List.of());
    }

    public List<FieldName> in(Run run) {
        return constant ? ready : named(texts.values(run));
    }

    private static List<FieldName> named(List<String> names) {
        List<FieldName> list = new ArrayList<>(names.size());
        names.forEach(name -> list.add(FieldName.of(name)));
        return List.copyOf(list);
    }
}
