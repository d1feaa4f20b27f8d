using System.Text.Json.Serialization;

namespace Hypergate.Host.Cli.Demo;

[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(int))]
internal sealed partial class DemoJson : JsonSerializerContext;
