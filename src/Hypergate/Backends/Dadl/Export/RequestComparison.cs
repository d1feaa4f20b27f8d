using System.Text.Json;
using Hypergate.Backends.Rest.Calls;
using Hypergate.Model;
using Hypergate.Schemas;

namespace Hypergate.Backends.Dadl.Export;

/// <summary>
/// Makes the request of a call twice, by the backend's own kind and by a tool of the file, and holds them side by side. Nothing is sent, and
/// credentials play no part.
/// </summary>
internal sealed class RequestComparison
{
    private static readonly Credential NoCredential = new Credential.Several(null, null, null, new Dictionary<string, string>(StringComparer.Ordinal));

    private readonly BackendOptions _own;
    private readonly Uri _address;
    private readonly RequestDifference _difference;

    /// <param name="backend">Whose kind is asked.</param>
    /// <param name="address">That of the file.</param>
    public RequestComparison(BackendOptions backend, Uri address)
    {
        // How the gateway reads lists is nothing that is asked.
        _own = backend with { Kind = backend.Kind with { StreamSwitch = null, RenderSwitch = null }, Credential = backend.Kind.CallCredential is null ? backend.Credential : NoCredential };
        _address = address;
        _difference = new RequestDifference(readsForms: backend.Kind.BodyType != RequestBody.Json);
    }

    /// <param name="tool">The tool as it was meant.</param>
    /// <param name="made">The tool as it was read.</param>
    /// <param name="values">A value for each argument that is given.</param>
    public Compared Compare(ExportTool tool, Operation made, IReadOnlyList<(ExportArgument Argument, JsonElement Value)> values)
    {
        if (ToolArguments(made, values) is not { } arguments)
        {
            return new Compared(Comparison.Unsayable, "no words in this format");
        }

        var call = new Call { Backend = _own.Name, Operation = tool.Operation, Caller = Caller.LocalUser, Arguments = OwnArguments(values) };
        if (PlatformRequest.Of(call, _own) is not PlatformRequest.Ready { Spec: var own })
        {
            return new Compared(Comparison.Unsent, "makes no request that can be compared");
        }

        var other = call with { Operation = made };
        other = other with { Arguments = ArgumentArrangement.Of(made, arguments) };
        if (Refusal(other) is { } refusal)
        {
            return new Compared(Comparison.Different, refusal);
        }

        return CallRequest.Build(other, _address, SampleFile.Files, out var problem) is not { } request ? new Compared(Comparison.Different, $"makes no request by the file: {problem}")
            : _difference.Of(own, request, made.Rules!.Headers) is { } difference ? new Compared(Comparison.Different, difference)
            : new Compared(Comparison.Same, "");
    }

    private static string? Refusal(Call call) => call.Operation.Rules!.Unavailable is { } reason ? $"makes no tool: {reason}"
        : call.Operation.Parameters.FirstOrDefault(parameter => call.Arguments.TryGetProperty(parameter.Name, out var value) && value.ValueKind != JsonValueKind.Null && JsonSchemaCheck.Check(parameter.Schema, value, maxFaults: 1).Count > 0) is { } wrong ? $"is refused by the tool: '{wrong.Name}' is of another type"
        : null;

    private static JsonElement OwnArguments(IReadOnlyList<(ExportArgument Argument, JsonElement Value)> values) => JsonLists.Write(writer =>
    {
        writer.WriteStartObject();
        Write(writer, values.Where(static given => !given.Argument.IsField).Select(static given => (given.Argument.Name, given.Value)));
        if (values.Any(static given => given.Argument.IsField))
        {
            writer.WriteStartObject("body");
            Write(writer, values.Where(static given => given.Argument.IsField).Select(static given => (given.Argument.Name, given.Value)));
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static JsonElement? ToolArguments(Operation made, IReadOnlyList<(ExportArgument Argument, JsonElement Value)> values)
    {
        var arguments = new List<(string Name, JsonElement Value)>();
        foreach (var (argument, value) in values)
        {
            foreach (var part in argument.Parts)
            {
                if (part.Convert(value) is not { } converted)
                {
                    return null;
                }

                if (converted.ValueKind != JsonValueKind.Undefined)
                {
                    arguments.Add((NameIn(made, part), converted));
                }
            }
        }

        return JsonLists.Write(writer =>
        {
            writer.WriteStartObject();
            Write(writer, arguments);
            writer.WriteEndObject();
        });
    }

    // What a tool does not take stays under its own name, and changes nothing of the request.
    private static string NameIn(Operation made, ExportPart part) =>
        made.Parameters.FirstOrDefault(parameter => parameter.Place == part.Parameter.Place && (parameter.Wire?.Name ?? parameter.Name) == part.Parameter.Name)?.Name ?? part.Parameter.Name;

    private static void Write(Utf8JsonWriter writer, IEnumerable<(string Name, JsonElement Value)> values)
    {
        foreach (var (name, value) in values)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }
    }
}

/// <summary>What a comparison came to.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Words">In what the requests differ: <c>goes as a=1, which this format cannot say</c>.</param>
internal sealed record Compared(Comparison End, string Words);

internal enum Comparison
{
    Same,
    Different,

    /// <summary>The tool has no words for a value.</summary>
    Unsayable,

    /// <summary>The backend's own kind makes no request of it either.</summary>
    Unsent,
}
