using System.Text.Json;
using Hypergate.Backends.Rest;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Descriptions.Dadl;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>What of a tool stands for the body of an operation.</summary>
/// <param name="kind">How the platform wants arguments written.</param>
/// <param name="operation">With a body.</param>
internal sealed class BodyParts(BackendKind kind, Operation operation)
{
    private const string Form = "application/x-www-form-urlencoded";

    private readonly RequestBody _body = operation.Body!;
    private readonly bool _isPlain = kind.BodyType != RequestBody.Json;
    private readonly IReadOnlyList<SchemaField> _fields = SchemaFields.Of(operation.Body!.Schema);

    /// <summary>As what the tool sends it. A form of the format numbers the items of a list, which plain forms do not read.</summary>
    public string Type => !_isPlain ? _body.MediaType : _fields.Any(static one => ExportTypes.Of(one.Schema) == "array") ? RequestBody.Json : kind.BodyType;

    /// <summary>The whole as one argument; null where it is not JSON.</summary>
    public ExportArgument? Whole => _isPlain || !MediaType.IsJson(Type) ? null : Argument([new(new DadlParameter { Name = "_body" }, static value => value) { IsImplicit = true }]);

    /// <summary>A field each, or the whole.</summary>
    public IReadOnlyList<ExportArgument> Arguments(Func<string, bool> isTaken)
    {
        if (MediaType.HoldsFields(Type))
        {
            return _fields.Count == 0 && Whole is { } whole ? [whole] : [.. InOrder().Select(OfField), .. SchemaFields.IsOpen(_body.Schema) ? [Unnamed] : Array.Empty<ExportArgument>()];
        }

        return [Argument([Content(isTaken)])];
    }

    // What an object may hold beside the fields that it declares.
    private static ExportArgument Unnamed { get; } = new() { Name = "", IsField = true, IsRequired = false, Schema = JsonElement.Parse("{}"), Words = "fields of any name", Parts = [], Obstacle = "no place in this format" };

    private ExportArgument Argument(IReadOnlyList<ExportPart> parts) =>
        new() { Name = "body", IsRequired = _body.Required, Schema = _body.Schema, Words = "body", Parts = parts };

    // A body that is one value: its name is nowhere in the request.
    private ExportPart Content(Func<string, bool> isTaken)
    {
        if (!FilePart.Says(_body.Schema, "contentEncoding", "base64"))
        {
            return new(Named(isTaken) with { Type = "string" }, Conversions.Typed("string", isText: true));
        }

        return _body is { MediaType: "application/octet-stream", Required: true } && operation.Method is not ("GET" or "HEAD")
            ? new(new DadlParameter { Name = "_file" }, AsFile) { IsImplicit = true }
            : new(Named(isTaken) with { Type = "file_url" }, AsFile);
    }

    private DadlParameter Named(Func<string, bool> isTaken) => new()
    {
        Name = Enumerable.Range(1, int.MaxValue).Select(static number => number == 1 ? "body" : $"body_{number}").First(name => !isTaken(name)),
        Required = _body.Required,
    };

    private JsonElement? AsFile(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? JsonLists.Text(SampleFile.HandleOf(new StoredBytes("body", _body.MediaType, bytes))) : null;

    // As the platform's own kind writes them: in a plain form what has a way of its own comes last.
    private IEnumerable<SchemaField> InOrder() => _body.MediaType != Form || _isPlain ? _fields
        : [.. _fields.Where(field => EncodingOf(field.Name) is null or { Style: null, IsJson: false }), .. _body.Fields.Where(static encoding => encoding is not { Style: null, IsJson: false }).SelectMany(encoding => _fields.Where(field => field.Name == encoding.Name))];

    private FieldEncoding? EncodingOf(string name) => _body.Fields.FirstOrDefault(field => field.Name == name);

    private ExportArgument OfField(SchemaField field)
    {
        var about = new DadlParameter { Name = field.Name, Required = _body.Required && field.IsRequired, Type = ExportTypes.Of(field.Schema), Description = field.Description };
        return new ExportArgument
        {
            Name = field.Name,
            IsField = true,
            IsRequired = about.Required,
            Schema = field.Schema,
            Words = $"field '{field.Name}'",
            Parts = _isPlain ? [WithDefault(PlainPart.Of(about, kind))] : MediaType.IsJson(Type) ? [new(about, Conversions.Typed(about.Type, isText: false))] : InForm(about, field),
        };
    }

    private ExportPart WithDefault(ExportPart part) => kind.Encoding.Defaults(operation).TryGetValue(part.Parameter.Name, out var usual) ? part with { Parameter = part.Parameter with { Default = usual } } : part;

    private IReadOnlyList<ExportPart> InForm(DadlParameter about, SchemaField field)
    {
        var encoding = EncodingOf(field.Name);
        var isMultipart = _body.MediaType == "multipart/form-data";
        return (encoding, about.Type) switch
        {
            ({ Style: { } style }, _) => StyledParts.Of(about, style, field.Schema, isMultipart),
            (_, "string" or "array") when isMultipart && FilePart.Is(_body.Schema, field.Name, encoding) => [new(about with { Type = "file_url" }, value => AsPart(value, field.Name, encoding))],
            ({ IsJson: true }, _) when !isMultipart => [new(StyledParts.Typed(about, "string", "JSON"), static value => value.ValueKind == JsonValueKind.Null ? default : JsonLists.Text(RestForm.JsonOf(value)))],
            (_, "object") when !isMultipart => [new(StyledParts.Typed(about, "string", "JSON"), Conversions.JsonText)],
            (_, var type) => [new(about, Conversions.Typed(type, isText: true))],
        };
    }

    // One part is one file.
    private JsonElement? AsPart(JsonElement value, string name, FieldEncoding? encoding) => value.ValueKind switch
    {
        JsonValueKind.Null => default(JsonElement),
        JsonValueKind.Array => value.GetArrayLength() == 1 ? AsPart(value[0], name, encoding) : null,
        JsonValueKind.String when value.GetString() is { } text => JsonLists.Text(SampleFile.HandleOf(new StoredBytes(name, FilePart.Type(text, _body.Schema, name, encoding), FilePart.Bytes(text)))),
        _ => null,
    };
}
