using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hypergate.Model;

/// <summary>Serialisation of the few plain shapes that are made on the way of a call.</summary>
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, JsonElement>))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
internal sealed partial class ModelJson : JsonSerializerContext;
