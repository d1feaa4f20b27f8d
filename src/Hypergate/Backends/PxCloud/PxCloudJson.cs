using System.Text.Json.Serialization;

namespace Hypergate.Backends.PxCloud;

[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class PxCloudJson : JsonSerializerContext;
