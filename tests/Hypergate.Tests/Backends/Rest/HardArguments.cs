using System.Text.Json;
using System.Text.Json.Nodes;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.Rest;

/// <summary>Arguments whose texts hold all that means something in an address or a form.</summary>
internal static class HardArguments
{
    private const string Hard = "a,b c|d&e=f;g%2C+\u00E9[x]#?:@$!'()*~/";

    // Where blanks and bars part the values nobody can tell them from those inside a value.
    private const string WithoutDelimiters = "a,b&e=f;g%2C+\u00E9[x]#?";

    public static JsonElement Of(Operation operation, JsonElement arguments)
    {
        var hard = new JsonObject();
        foreach (var argument in arguments.EnumerateObject())
        {
            var parameter = operation.Parameters.FirstOrDefault(parameter => parameter.Name == argument.Name);
            hard[argument.Name] = parameter switch
            {
                { Place: ParameterPlace.Header or ParameterPlace.Cookie } => JsonNode.Parse(argument.Value.GetRawText()),
                { Wire.Style: ParameterStyle.SpaceDelimited or ParameterStyle.PipeDelimited or ParameterStyle.TabDelimited } => Hardened(argument.Value, WithoutDelimiters),
                null when operation.Body!.Schema.TryGetProperty("contentEncoding", out _) => JsonNode.Parse(argument.Value.GetRawText()),
                _ => Hardened(argument.Value, Hard),
            };
        }

        return JsonSerializer.SerializeToElement(hard);
    }

    private static JsonNode? Hardened(JsonElement value, string text) => value.ValueKind switch
    {
        JsonValueKind.String => text,
        JsonValueKind.Array => new JsonArray([.. value.EnumerateArray().Select(item => Hardened(item, text))]),
        JsonValueKind.Object => new JsonObject(value.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Hardened(property.Value, text)))),
        _ => JsonNode.Parse(value.GetRawText()),
    };
}
