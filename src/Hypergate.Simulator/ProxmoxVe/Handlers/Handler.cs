using System.Text.Json.Nodes;
using Hypergate.Simulator.ProxmoxVe.Server;

namespace Hypergate.Simulator.ProxmoxVe.Handlers;

/// <summary>What an operation does: it runs under the cluster's lock and answers the data.</summary>
internal delegate JsonNode? Handler(Call call);
