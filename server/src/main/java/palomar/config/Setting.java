package palomar.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Describes one key of a table, on the record component of the same name (`idleTimeout` is the key
/// `idle_timeout`).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {
    /// What it does, for the reference page and `palomar config explain`: whole sentences, plain text.
    String doc();

    /// The value when the key is absent, written as in the file but without quotes; lists are separated by commas.
    /// Tables, lists of tables, maps and `Optional` components need none.
    String value() default "";

    /// The smallest value allowed, written like [#value()]; empty: no limit.
    String min() default "";

    /// The largest value allowed, written like [#value()]; empty: no limit.
    String max() default "";

    /// Never shown, only whether it is set.
    boolean secret() default false;

    /// Must be in the file when its table is.
    boolean required() default false;
}
