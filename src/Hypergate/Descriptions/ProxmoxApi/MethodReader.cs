using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Descriptions.ProxmoxApi;

/// <summary>Makes an operation of a declared method.</summary>
internal sealed class MethodReader(DescriptionRules rules)
{
    private const int LongestSaid = 420;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Words _words = new(rules.Vocabulary);

    // Equal parameters are one object, so that a catalog keeps each but once.
    private readonly Dictionary<string, Parameter> _parameters = new(StringComparer.Ordinal);

    public Operation Read(DeclaredMethod method, Route route)
    {
        var path = PathTemplate.Parse(method.Path);
        var properties = ApiText.Object(ApiText.Object(method.Declared, "parameters") ?? default, "properties");
        var others = Others(properties, path);
        var permissions = Permissions.Of(method.Declared);
        var inBody = method.Method is "POST" or "PUT";
        return new Operation
        {
            Name = route.Name,
            DeclaredName = route.Name,
            Domain = MethodDomain.Of(method.Path),
            Title = Title(route.Name),
            Description = Description(method, permissions),
            Method = method.Method,
            Path = method.Path,
            Access = rules.AccessOf(route),
            Parameters = [.. PathParameters(path, properties), .. inBody ? [] : Query(others)],
            Body = inBody && others.Count > 0 ? Body(others) : null,
            Result = Shape(method),
            KnownFields = method.IsList ? Fields(method.Returns) : [],
            Requires = permissions.Privileges,
        };
    }

    private List<JsonProperty> Others(JsonElement? properties, PathTemplate path)
    {
        var others = new List<JsonProperty>();
        foreach (var property in properties?.EnumerateObject() ?? default)
        {
            if (!path.Placeholders.Contains(property.Name, StringComparer.Ordinal) && property.Value.ValueKind == JsonValueKind.Object)
            {
                others.Add(property);
            }
        }

        return others.Count <= rules.Limits.ParametersOfAnOperation * 2
            ? others
            : throw new UnusableOperationException($"it has {others.Count} parameters");
    }

    // Four methods leave placeholders of their path out of the list of parameters.
    private IEnumerable<Parameter> PathParameters(PathTemplate path, JsonElement? properties) => path.Placeholders.Select(name =>
        Make(name, properties is { } known ? ApiText.Object(known, name) ?? default : default, ParameterPlace.Path, required: true));

    private IEnumerable<Parameter> Query(List<JsonProperty> others) => others
        .Where(property => ArgumentName.IsGood(property.Name) && !rules.Switches.Contains(property.Name, StringComparer.Ordinal))
        .Select(property => Make(property.Name, property.Value, ParameterPlace.Query, !ApiText.Flag(property.Value, "optional")));

    private Parameter Make(string name, JsonElement declared, ParameterPlace place, bool required)
    {
        if (!ArgumentName.IsGood(name))
        {
            throw new UnusableOperationException($"its parameter '{DescriptionText.OneLine(name, 40)}' has a name that cannot be passed");
        }

        var schema = Written(writer => ParameterSchema.Write(writer, declared, withText: false));
        var description = ParameterSchema.Text(declared);
        var key = $"{name}\n{place}\n{required}\n{description}\n{schema.GetRawText()}";
        return _parameters.TryGetValue(key, out var known)
            ? known
            : _parameters[key] = new Parameter { Name = name, Place = place, Required = required, Schema = schema, Description = description };
    }

    private static RequestBody Body(List<JsonProperty> others)
    {
        var schema = Written(writer =>
        {
            writer.WriteString("type", "object");
            WriteProperties(writer, "properties", others.Where(static property => !NumberedName.Is(property.Name)), static name => name);
            if (others.Exists(static property => NumberedName.Is(property.Name)))
            {
                WriteProperties(writer, "patternProperties", others.Where(static property => NumberedName.Is(property.Name)), NumberedName.Pattern);
            }

            var required = Required(others);
            if (required.Count > 0)
            {
                writer.WriteStartArray("required");
                required.ForEach(writer.WriteStringValue);
                writer.WriteEndArray();
            }

            writer.WriteBoolean("additionalProperties", false);
        });
        return new RequestBody(schema, Required(others).Count > 0);
    }

    private static List<string> Required(List<JsonProperty> others) => others
        .Where(static property => !NumberedName.Is(property.Name) && !ApiText.Flag(property.Value, "optional"))
        .Select(static property => property.Name).ToList();

    private static void WriteProperties(Utf8JsonWriter writer, string keyword, IEnumerable<JsonProperty> properties, Func<string, string> name)
    {
        writer.WriteStartObject(keyword);
        foreach (var property in properties)
        {
            writer.WriteStartObject(name(property.Name));
            ParameterSchema.Write(writer, property.Value, withText: true);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static JsonElement Written(Action<Utf8JsonWriter> content)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            writer.WriteStartObject();
            content(writer);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private string Title(string name)
    {
        var title = _words.Phrase(Words.Split(name));
        return DescriptionText.Shorten(char.ToUpperInvariant(title[0]) + title[1..], DescriptionText.LongestTitle);
    }

    private static string Description(DeclaredMethod method, Permissions permissions)
    {
        var said = DescriptionText.OneLine(ApiText.Of(method.Declared, "description"), LongestSaid);
        var closed = said.Length == 0 || said[^1] is '.' or '!' or '…' ? said : $"{said}.";
        return DescriptionText.Shorten($"{closed} {permissions.Text}".Trim(), DescriptionText.LongestDescription);
    }

    // A text that a change answers with is, with few exceptions, the id of the task that does the work.
    private static ResultShape Shape(DeclaredMethod method) => (method.Method, ApiText.Of(method.Returns, "type")) switch
    {
        (_, "array") => ResultShape.List,
        ("GET", "null") => ResultShape.Nothing,
        ("GET", _) => ResultShape.One,
        (_, "string") => ResultShape.Job,
        (_, null or "null") => ResultShape.Nothing,
        _ => ResultShape.One,
    };

    private static List<string> Fields(JsonElement returns) =>
        ApiText.Object(returns, "items") is { } items && ApiText.Object(items, "properties") is { } properties
            ? [.. properties.EnumerateObject().Select(static property => property.Name).Where(ArgumentName.IsGood)]
            : [];
}
