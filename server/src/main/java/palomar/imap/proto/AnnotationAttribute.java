package palomar.imap.proto;

/// What can be asked of an entry. RFC 5257 3.2.2
public enum AnnotationAttribute {
    VALUE_PRIV("value.priv", false, false),
    VALUE_SHARED("value.shared", true, false),
    SIZE_PRIV("size.priv", false, true),
    SIZE_SHARED("size.shared", true, true);

    private final String wire;
    private final boolean shared;
    private final boolean size;

    AnnotationAttribute(String wire, boolean shared, boolean size) {
        this.wire = wire;
        this.shared = shared;
        this.size = size;
    }

    public String wire() {
        return wire;
    }

    public boolean isShared() {
        return shared;
    }

    /// The size of the value in place of the value.
    public boolean isSize() {
        return size;
    }
}
