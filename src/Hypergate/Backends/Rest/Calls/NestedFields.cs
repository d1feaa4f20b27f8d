using System.Text.Json;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Makes objects of names with dots: <c>rule.enabled</c> and <c>rule.log</c> become <c>rule</c> with both.</summary>
internal static class NestedFields
{
    /// <param name="problem">A name that is a value and holds others as well; null where there is none.</param>
    public static List<BodyField> Of(List<BodyField> fields, out string? problem)
    {
        problem = null;
        var roots = new List<KeyValuePair<string, object>>();
        foreach (var field in fields)
        {
            if (!Put(roots, Levels(field), 0, field))
            {
                problem = $"'{field.Name}' is given beside a value for what holds it.";
                return [];
            }
        }

        return [.. roots.Select(static root => root.Value as BodyField is { } field ? field with { Name = root.Key } : new BodyField(root.Key, JsonLists.Write(writer => Write(writer, root.Value)), IsFile: false))];
    }

    // Bytes are a part of their own, named as a form names what is nested; a dot that parts nothing is one of the name.
    private static string[] Levels(BodyField field)
    {
        var names = field.Name.Split('.');
        return names.Contains("") ? [field.Name]
            : field.IsFile ? [names[0] + string.Concat(names.Skip(1).Select(static name => $"[{name}]"))]
            : names;
    }

    private static bool Put(List<KeyValuePair<string, object>> level, string[] names, int step, BodyField field)
    {
        var known = level.FindIndex(entry => entry.Key == names[step]);
        if (step == names.Length - 1)
        {
            level.Add(new(names[step], field));
            return known < 0;
        }

        if (known < 0)
        {
            level.Add(new(names[step], new List<KeyValuePair<string, object>>()));
            known = level.Count - 1;
        }

        return level[known].Value is List<KeyValuePair<string, object>> inner && Put(inner, names, step + 1, field);
    }

    private static void Write(Utf8JsonWriter writer, object value)
    {
        if (value is BodyField field)
        {
            field.Value.WriteTo(writer);
            return;
        }

        writer.WriteStartObject();
        foreach (var (name, inner) in (List<KeyValuePair<string, object>>)value)
        {
            writer.WritePropertyName(name);
            Write(writer, inner);
        }

        writer.WriteEndObject();
    }
}
