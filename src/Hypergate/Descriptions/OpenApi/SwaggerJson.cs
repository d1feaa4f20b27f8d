using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Hypergate.Descriptions.OpenApi;

/// <summary>Serialisation of upgraded documents.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class SwaggerJson : JsonSerializerContext;
