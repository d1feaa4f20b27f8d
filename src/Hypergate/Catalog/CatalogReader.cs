using System.Text.Json;
using Hypergate.Model;

namespace Hypergate.Catalog;

/// <summary>
/// Reads what <see cref="CatalogWriter"/> wrote. It is on the way to the first answer of a process: one pass over the
/// text, schemas as slices of it, and no serializer, whose set-up alone takes longer than the reading.
/// </summary>
internal sealed class CatalogReader
{
    // Inlined schemas nest deeper than documents do.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 300 };

    private readonly List<IReadOnlyList<string>> _lists = [];
    private readonly List<Parameter> _parameters = [];

    // An array, since a list of these structs would have to be compiled while the process starts.
    private JsonElement[] _schemas = [];

    public static (BackendCatalog Catalog, string Address) Read(ReadOnlyMemory<byte> json) =>
        new CatalogReader().ReadAll(JsonElement.Parse(json.Span, Deep));

    private (BackendCatalog Catalog, string Address) ReadAll(JsonElement root)
    {
        ReadSchemas(root.GetProperty("schemaTable"));
        foreach (var list in root.GetProperty("listTable").EnumerateArray())
        {
            _lists.Add(Names(list));
        }

        foreach (var parameter in root.GetProperty("parameterTable").EnumerateArray())
        {
            _parameters.Add(ReadParameter(parameter));
        }

        var operations = new List<Operation>(root.GetProperty("operations").GetArrayLength());
        foreach (var operation in root.GetProperty("operations").EnumerateArray())
        {
            operations.Add(ReadOperation(operation));
        }

        var catalog = new BackendCatalog(
            Text(root, "backend"),
            operations,
            Text(root, "hash"),
            Text(root, "version"),
            root.GetProperty("readAt").GetDateTimeOffset(),
            Names(root.GetProperty("warnings")))
        {
            Summary = Text(root, "summary"),
            Tag = Text(root, "tag"),
        };
        return (catalog, Text(root, "address"));
    }

    private void ReadSchemas(JsonElement table)
    {
        _schemas = new JsonElement[table.GetArrayLength()];
        var index = 0;
        foreach (var schema in table.EnumerateArray())
        {
            _schemas[index++] = schema;
        }
    }

    private Parameter ReadParameter(JsonElement element) => new()
    {
        Name = Text(element, "name"),
        Description = Text(element, "description"),
        Place = (ParameterPlace)Number(element, "place", (int)ParameterPlace.Body),
        Required = Number(element, "required", 1) == 1,
        Schema = _schemas[element.GetProperty("schema").GetInt32()],
        Wire = element.TryGetProperty("wire", out var wire)
            ? new ParameterWire(wire.GetString()!, (ParameterStyle)Number(element, "style", (int)ParameterStyle.Json), Number(element, "explode", 1) == 1) { AllowReserved = Number(element, "reserved", 0) == 1 }
            : null,
    };

    private Operation ReadOperation(JsonElement element)
    {
        var name = Text(element, "name");
        return new Operation
        {
            Name = name,
            DeclaredName = Text(element, "declared") is { Length: > 0 } declared ? declared : name,
            Domain = Text(element, "domain"),
            Title = Text(element, "title"),
            Description = Text(element, "description"),
            Method = Text(element, "method"),
            Path = Text(element, "path"),
            Access = (Access)Number(element, "access", (int)Access.Dangerous),
            Exposure = (Exposure)Number(element, "exposure", (int)Exposure.Deny),
            Deprecated = Number(element, "deprecated", 1) == 1,
            Result = (ResultShape)Number(element, "result", (int)ResultShape.Job),
            KeepsOrder = Number(element, "ordered", 1) == 1,
            HasListArguments = Number(element, "listArguments", 1) == 1,
            Parameters = Parameters(element),
            OtherNames = List(element, "others"),
            Tags = List(element, "tags"),
            Switches = List(element, "switches"),
            DefaultFields = List(element, "defaults"),
            KnownFields = List(element, "fields"),
            Requires = Requires(element),
            CredentialWays = CredentialWays(element),
            Body = element.TryGetProperty("body", out var body)
                ? new RequestBody(_schemas[body.GetInt32()], Number(element, "bodyRequired", 1) == 1, Text(element, "bodyType") is { Length: > 0 } type ? type : RequestBody.Json) { Fields = Fields(element) }
                : null,
        };
    }

    private List<FieldEncoding> Fields(JsonElement element) => [.. List(element, "bodyFields").Chunk(6).Select(static words => new FieldEncoding(words[0])
    {
        Style = words[1].Length == 0 ? null : new ParameterWire(words[0], Enum.Parse<ParameterStyle>(words[1]), words[2] == "1") { AllowReserved = words[3] == "1" },
        ContentType = words[4].Length == 0 ? null : words[4],
        Headers = [.. words[5].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static header => header.Split(':', 2)).Select(static header => KeyValuePair.Create(header[0], header[1]))],
    })];

    private List<Parameter> Parameters(JsonElement element)
    {
        if (!element.TryGetProperty("parameters", out var indexes))
        {
            return [];
        }

        var parameters = new List<Parameter>(indexes.GetArrayLength());
        foreach (var index in indexes.EnumerateArray())
        {
            parameters.Add(_parameters[index.GetInt32()]);
        }

        return parameters;
    }

    private List<Privilege> Requires(JsonElement element)
    {
        var words = List(element, "requires");
        var rights = new List<Privilege>(words.Count / 2);
        for (var i = 0; i + 1 < words.Count; i += 2)
        {
            rights.Add(new Privilege(words[i], words[i + 1]));
        }

        return rights;
    }

    private List<CredentialWay> CredentialWays(JsonElement element)
    {
        var ways = new List<CredentialWay>();
        var parts = new List<CredentialPart>();
        var words = List(element, "credentials");
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Length == 0)
            {
                ways.Add(new CredentialWay([.. parts]));
                parts.Clear();
            }
            else if (i + 2 < words.Count && Enum.TryParse<CredentialKind>(words[i + 1], out var kind))
            {
                parts.Add(new CredentialPart(words[i], kind, words[i + 2]));
                i += 2;
            }
            else
            {
                throw new FormatException("The credentials of an operation mean nothing.");
            }
        }

        return ways;
    }

    private IReadOnlyList<string> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var index) ? _lists[index.GetInt32()] : [];

    private static List<string> Names(JsonElement element)
    {
        var names = new List<string>(element.GetArrayLength());
        foreach (var name in element.EnumerateArray())
        {
            names.Add(name.GetString()!);
        }

        return names;
    }

    private static string Text(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) ? value.GetString() ?? "" : "";

    private static int Number(JsonElement element, string property, int highest)
    {
        if (!element.TryGetProperty(property, out var value))
        {
            return 0;
        }

        var number = value.GetInt32();
        return number >= 0 && number <= highest
            ? number
            : throw new FormatException($"{property} is {number}, which means nothing.");
    }
}
