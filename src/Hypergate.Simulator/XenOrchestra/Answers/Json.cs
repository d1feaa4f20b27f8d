using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hypergate.Simulator.XenOrchestra.Answers;

/// <summary>JSON as the server writes it: no blanks in lines.</summary>
internal static class Json
{
    public static JsonWriterOptions Compact { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonSerializerOptions Text = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(JsonNode? value) => value?.ToJsonString(Text) ?? "null";

    /// <summary>Properties that begin with _ are the simulator's own, except the reference of the hypervisor.</summary>
    public static bool IsServed(string property) => !property.StartsWith('_') || property == "_xapiRef";
}
