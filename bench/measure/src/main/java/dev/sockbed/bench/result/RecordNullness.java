package dev.sockbed.bench.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Executable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Reads records as their types say: a component may be null, or be missing in the file, only if it
 * is marked {@link Nullable}, and so may a list's elements only if they are.
 */
final class RecordNullness extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1;

  @Override
  public Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
    return member instanceof AnnotatedParameter parameter
        ? Boolean.valueOf(!mayBeNull(parameter))
        : super.hasRequiredMarker(config, member);
  }

  @Override
  public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
    return annotated instanceof AnnotatedParameter parameter && !mayBeNull(parameter)
        ? JsonSetter.Value.forValueNulls(
            Nulls.FAIL, mayContainNull(parameter) ? Nulls.SET : Nulls.FAIL)
        : super.findSetterInfo(config, annotated);
  }

  private static boolean mayBeNull(AnnotatedParameter parameter) {
    AnnotatedType type = type(parameter);
    return type != null && type.isAnnotationPresent(Nullable.class);
  }

  /** A list whose elements are marked, as in {@code List<@Nullable Long>}. */
  private static boolean mayContainNull(AnnotatedParameter parameter) {
    return component(parameter) instanceof AnnotatedParameterizedType list
        && list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(Nullable.class);
  }

  private static @Nullable AnnotatedType type(AnnotatedParameter parameter) {
    return parameter.getOwner().getAnnotated() instanceof Executable constructor
        ? constructor.getAnnotatedParameterTypes()[parameter.getIndex()]
        : null;
  }

  /**
   * The component's own type: the compiler gives a compact constructor only the outermost marks.
   */
  private static @Nullable AnnotatedType component(AnnotatedParameter parameter) {
    return parameter.getOwner().getAnnotated() instanceof Executable constructor
            && constructor.getDeclaringClass().isRecord()
        ? constructor
            .getDeclaringClass()
            .getRecordComponents()[parameter.getIndex()]
            .getAnnotatedType()
        : null;
  }
}
