using System.Text;
using System.Text.Json;
using Hypergate.Backends.Http;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Rest.Calls;

/// <summary>Writes the body of a call as its rules say: JSON, forms, forms with files, one raw value.</summary>
/// <param name="call">With arranged arguments.</param>
/// <param name="fileOf">The bytes of a file that an argument names.</param>
internal sealed class CallBody(Call call, Func<string, StoredBytes?> fileOf)
{
    private readonly CallRules _rules = call.Operation.Rules!;

    /// <summary>The body; null for none.</summary>
    /// <param name="problem">Why it cannot be written; null where it can.</param>
    public EncodedBody? Write(out string? problem)
    {
        problem = null;
        if (_rules.BodyArgument is { } whole && call.Arguments.TryGetProperty(whole, out var value))
        {
            problem = Fields().Count > 0 ? $"'{whole}' is the whole body: leave the other fields of the body out." : null;
            return problem is null ? new EncodedBody(Bytes(value), _rules.BodyType) : null;
        }

        var fields = Fields();
        if (fields.Count == 0)
        {
            return null;
        }

        if (_rules.NestsBodyKeys && MediaType.HoldsFields(_rules.BodyType))
        {
            fields = NestedFields.Of(fields, out problem);
        }

        var body = problem is null ? Write(fields, ref problem) : null;
        if (body is not null && body.Bytes.Length > _rules.LargestBody)
        {
            problem = $"The body has {body.Bytes.Length} bytes, {_rules.LargestBody} are possible.";
        }

        return problem is null ? body : null;
    }

    private EncodedBody? Write(List<BodyField> fields, ref string? problem)
    {
        if (MediaType.IsJson(_rules.BodyType))
        {
            // An object has each name once; forms may repeat theirs.
            problem = fields.GroupBy(static field => field.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Skip(1).Any()) is { } twice ? $"Two arguments go as the field '{twice.Key}' of the body: give one of them." : null;
            return problem is not null ? null : new EncodedBody(Bytes(Object(fields)), _rules.BodyType);
        }

        return MediaType.Of(_rules.BodyType) switch
        {
            "application/x-www-form-urlencoded" => Form(fields, ref problem),
            "multipart/form-data" => Multipart(fields, ref problem),
            _ => Raw(fields[0], ref problem),
        };
    }

    private List<BodyField> Fields()
    {
        var own = new[] { _rules.BodyArgument, _rules.UploadArgument, _rules.FilterArgument };
        var fields = new List<BodyField>();
        foreach (var parameter in call.Operation.Parameters)
        {
            if (parameter.Place == ParameterPlace.Body && !own.Contains(parameter.Name) && call.Arguments.TryGetProperty(parameter.Name, out var value))
            {
                fields.Add(new BodyField(parameter.Wire?.Name ?? parameter.Name, value, _rules.Files.Contains(parameter.Name)) { Argument = parameter.Name });
            }
        }

        return fields;
    }

    private EncodedBody? Form(List<BodyField> fields, ref string? problem)
    {
        var pairs = new List<string>();
        foreach (var field in fields)
        {
            if (BracketText.Form(field.Name, field.Value) is not { } entries)
            {
                problem = $"'{field.Name}' cannot be written into a form.";
                return null;
            }

            pairs.AddRange(entries.Select(static entry => $"{Encoded(entry.Key)}={Encoded(entry.Value)}"));
        }

        return new EncodedBody(Encoding.UTF8.GetBytes(string.Join('&', pairs)), _rules.BodyType);
    }

    private EncodedBody? Multipart(List<BodyField> fields, ref string? problem)
    {
        var boundary = $"hypergate-{call.Id}";
        using var body = new MemoryStream();
        foreach (var field in fields.SelectMany(static field => field.Items()))
        {
            var (value, quoted) = (field.Value, field.Name.Replace("\"", "%22", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
            if (field.IsFile)
            {
                if (fileOf(value.ToString()) is not { } file)
                {
                    problem = NoFile(field.Argument);
                    return null;
                }

                Write(body, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{quoted}\"; filename=\"{file.Name.Replace("\"", "%22", StringComparison.Ordinal)}\"\r\nContent-Type: {file.Type}\r\n\r\n");
                body.Write(file.Bytes.Span);
            }
            else
            {
                var type = value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? RequestBody.Json : "text/plain; charset=utf-8";
                Write(body, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{quoted}\"\r\nContent-Type: {type}\r\n\r\n{ArgumentText.TryRead(value) ?? value.GetRawText()}");
            }

            Write(body, "\r\n");
        }

        Write(body, $"--{boundary}--\r\n");
        return new EncodedBody(body.ToArray(), $"multipart/form-data; boundary={boundary}");
    }

    private EncodedBody? Raw(BodyField field, ref string? problem)
    {
        if (!field.IsFile)
        {
            return new EncodedBody(Encoding.UTF8.GetBytes(ArgumentText.TryRead(field.Value) ?? field.Value.GetRawText()), _rules.BodyType);
        }

        if (fileOf(field.Value.ToString()) is { } file)
        {
            return new EncodedBody(file.Bytes, _rules.BodyType);
        }

        problem = NoFile(field.Argument);
        return null;
    }

    private static string NoFile(string name) => $"'{name}' must be the handle of a file of yours, such as file:0123…, as answers with files give it.";

    private static string Encoded(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    private static JsonElement Object(List<BodyField> fields) => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var field in fields)
        {
            writer.WritePropertyName(field.Name);
            field.Value.WriteTo(writer);
        }

        writer.WriteEndObject();
    });

    private static byte[] Bytes(JsonElement value) => JsonSerializer.SerializeToUtf8Bytes(value, ModelJson.Default.JsonElement);

    private static void Write(MemoryStream body, string text) => body.Write(Encoding.UTF8.GetBytes(text));
}

/// <summary>A field of a body by the platform's name for it.</summary>
internal sealed record BodyField(string Name, JsonElement Value, bool IsFile)
{
    /// <summary>As callers know it; a name that nests may have become another.</summary>
    public string Argument { get; init; } = Name;

    /// <summary>The parts of a form with files that it makes: a list one for each item, null none.</summary>
    public IEnumerable<BodyField> Items() => (Value.ValueKind == JsonValueKind.Array ? Value.EnumerateArray().Select(item => this with { Value = item }) : [this])
        .Where(static field => field.Value.ValueKind != JsonValueKind.Null);
}

/// <summary>A file that goes into a body.</summary>
internal sealed record StoredBytes(string Name, string Type, ReadOnlyMemory<byte> Bytes);
