package palomar.net;

/// Certificates or keys can't be used. The text is for the operator: it names the file and says what is wrong.
public final class TlsSettingsException extends Exception {
    public TlsSettingsException(String text, Throwable cause) {
        super(text, cause);
    }

    public TlsSettingsException(String text) {
        super(text);
    }

    /// The text for the operator; never null.
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
