package palomar.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One key of a table.
///
/// @param name as the file writes it
/// @param index of the component in the record
record Key(String name, int index, Shape shape, Setting setting, RecordComponent component) {

    /// What may stand behind a key.
    sealed interface Shape {
        /// One value that has a default.
        record One(Scalar scalar) implements Shape {}

        /// One value that may be absent.
        record Maybe(Scalar scalar) implements Shape {}

        /// A list of values.
        record Values(Scalar scalar) implements Shape {}

        /// A table whose keys are free.
        record Entries(Scalar scalar) implements Shape {}

        /// `[table]`
        record Table(Class<? extends Record> type) implements Shape {}

        /// `[[table]]`, any number of times
        record Tables(Class<? extends Record> type) implements Shape {}
    }

    /// The keys of the table that a record describes, in the order of its components.
    static List<Key> of(Class<? extends Record> table) {
        RecordComponent[] components = table.getRecordComponents();
        return Arrays.stream(components)
                .map(c -> of(table, c, Arrays.asList(components).indexOf(c)))
                .toList();
    }

    private static Key of(Class<?> table, RecordComponent component, int index) {
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) {
            throw new IllegalStateException(table.getName() + "." + component.getName() + " has no @Setting");
        }
        return new Key(snake(component.getName()), index, shape(component), setting, component);
    }

    /// Its value in a table.
    Object in(Record table) {
        try {
            return component.getAccessor().invoke(table);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(
                    "can't read " + name + " of " + table.getClass().getName(), e);
        }
    }

    private static Shape shape(RecordComponent component) {
        Class<?> type = component.getType();
        if (type == Optional.class) {
            return new Shape.Maybe(Scalar.of(argument(component, 0)));
        }
        if (type == Map.class) {
            return new Shape.Entries(Scalar.of(argument(component, 1)));
        }
        if (type == List.class) {
            Class<?> element = argument(component, 0);
            return Scalar.covers(element)
                    ? new Shape.Values(Scalar.of(element))
                    : new Shape.Tables(element.asSubclass(Record.class));
        }
        return Scalar.covers(type) ? new Shape.One(Scalar.of(type)) : new Shape.Table(type.asSubclass(Record.class));
    }

    private static Class<?> argument(RecordComponent component, int index) {
        Type argument = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[index];
        return (Class<?>) argument;
    }

    private static String snake(String camel) {
        StringBuilder snake = new StringBuilder(camel.length() + 4);
        for (int i = 0; i < camel.length(); i++) {
            char c = camel.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                snake.append('_').append((char) (c + 32));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }
}
