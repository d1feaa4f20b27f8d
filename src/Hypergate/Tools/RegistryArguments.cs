using System.Text.Json;
using Hypergate.Backends;
using Hypergate.Model;

namespace Hypergate.Tools;

/// <summary>
/// Arguments as a public DADL file names them, for an operation of the platform's own description: placeholders of the path by their place,
/// fields of the body beside them, <c>sync</c> and <c>markdown</c> in the gateway's own words. What is left over is refused as ever.
/// </summary>
internal sealed class RegistryArguments
{
    private const string Synchronous = "sync";

    private readonly JsonElement _arguments;
    private readonly Operation _operation;
    private readonly RegistryFit _fit;
    private readonly HashSet<string> _own;

    private RegistryArguments(JsonElement arguments, Operation operation, RegistryFit fit) => (_arguments, _operation, _fit, _own) =
        (arguments, operation, fit, OwnArguments.For(operation).Concat(operation.Parameters.Select(static parameter => parameter.Name)).Append(OwnArguments.Body).ToHashSet(StringComparer.Ordinal));

    /// <param name="arguments">As the caller wrote them: an object.</param>
    /// <param name="operation">What they are for.</param>
    /// <param name="fit">How the paths of both are one; null where the operation was named by a name of its own.</param>
    public static JsonElement Of(JsonElement arguments, Operation operation, RegistryFit? fit) =>
        fit is null || arguments.ValueKind != JsonValueKind.Object ? arguments : ToolSchema.Write(new RegistryArguments(arguments, operation, fit).Write);

    private void Write(Utf8JsonWriter writer)
    {
        var others = _arguments.EnumerateObject().Where(argument => !_own.Contains(argument.Name)).ToList();
        foreach (var argument in _arguments.EnumerateObject().Where(argument => _own.Contains(argument.Name)))
        {
            argument.WriteTo(writer);
        }

        foreach (var argument in others.Where(IsOfPath))
        {
            WriteAs(writer, _fit.Renamed[argument.Name], argument.Value);
        }

        foreach (var (name, value) in _fit.Fixed.Where(one => !IsGiven(one.Key)))
        {
            writer.WriteString(name, value);
        }

        WriteSwitches(writer);
        WriteBody(writer, others.FindAll(argument => !IsOfPath(argument) && !_operation.Switches.Contains(argument.Name)));
    }

    // The gateway sets these by itself; whether it waits, and how the answer looks, is asked for in its own words.
    private void WriteSwitches(Utf8JsonWriter writer)
    {
        if (_own.Contains(OwnArguments.Wait) && !IsGiven(OwnArguments.Wait) && Flag(Synchronous) is { } waits)
        {
            writer.WriteBoolean(OwnArguments.Wait, waits);
        }

        if (_own.Contains(OwnArguments.Format) && !IsGiven(OwnArguments.Format) && Flag(AnswerFormat.Markdown) is true)
        {
            writer.WriteString(OwnArguments.Format, AnswerFormat.Markdown);
        }
    }

    private void WriteBody(Utf8JsonWriter writer, List<JsonProperty> rest)
    {
        var isBody = rest.Count > 0 && _operation.Body is not null && !IsGiven(OwnArguments.Body);
        if (isBody)
        {
            writer.WriteStartObject(OwnArguments.Body);
        }

        rest.ForEach(argument => WriteAs(writer, isBody ? FieldOf(argument.Name) : argument.Name, argument.Value));
        if (isBody)
        {
            writer.WriteEndObject();
        }
    }

    // A field whose name differs in its case alone, or in saying that it is an id: vm is VM, sr is srId.
    private string FieldOf(string name)
    {
        if (_operation.Body!.Schema is not { ValueKind: JsonValueKind.Object } schema || !schema.TryGetProperty("properties", out var fields) || fields.TryGetProperty(name, out _))
        {
            return name;
        }

        var near = fields.EnumerateObject().Select(static field => field.Name).Where(field => field.Equals(name, StringComparison.OrdinalIgnoreCase) || field == $"{name}Id").Take(2).ToList();
        return near is [var only] && !IsGiven(only) ? only : name;
    }

    private bool IsOfPath(JsonProperty argument) => _fit.Renamed.TryGetValue(argument.Name, out var own) && !IsGiven(own);

    private bool IsGiven(string name) => _arguments.TryGetProperty(name, out _);

    private bool? Flag(string name) => !_arguments.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String when bool.TryParse(value.GetString(), out var flag) => flag,
        _ => null,
    };

    private static void WriteAs(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        value.WriteTo(writer);
    }
}
