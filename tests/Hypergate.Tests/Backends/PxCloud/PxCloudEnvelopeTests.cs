using System.Text;
using Hypergate.Backends.PxCloud;
using Hypergate.Model;

namespace Hypergate.Tests.Backends.PxCloud;

/// <summary>What an answer is, where its schema tells what is put around it.</summary>
public sealed class PxCloudEnvelopeTests
{
    [Theory]
    [InlineData("""{"type":"object","properties":{"data":{"type":"array","items":{"$ref":"#/components/schemas/Vm"}},"total":{"type":"integer"}}}""", ResultShape.List)]
    [InlineData("""{"$ref":"#/components/schemas/VmList"}""", ResultShape.List)]
    [InlineData("""{"type":"object","properties":{"data":{"$ref":"#/components/schemas/Vm"},"code":{"type":"integer"}}}""", ResultShape.One)]
    [InlineData("""{"type":"object","properties":{"data":{"type":"array","items":{"type":"string"}},"owner":{"type":"string"}}}""", ResultShape.One)]
    [InlineData("""{"type":"array","items":{"$ref":"#/components/schemas/Vm"}}""", ResultShape.List)]
    public void A_list_in_its_envelope_is_a_list(string schema, ResultShape shape)
    {
        var document = """
            {"openapi":"3.1.0","info":{"title":"x","version":"1"},
             "components":{"schemas":{"Vm":{"type":"object","properties":{"id":{"type":"string"},"name":{"type":"string"}}},
                                      "VmList":{"type":"object","properties":{"data":{"type":"array","items":{"$ref":"#/components/schemas/Vm"}},"message":{"type":"string"}}}}},
             "paths":{"/api/vms":{"get":{"operationId":"list_vms","responses":{"200":{"description":"ok","content":{"application/json":{"schema":SCHEMA}}}}}}}}
            """.Replace("SCHEMA", schema, StringComparison.Ordinal);

        var operation = Assert.Single(new PxCloudDescription(new PxCloudSettings()).Read(Encoding.UTF8.GetBytes(document), PxCloudDescription.Rules).Operations);

        Assert.Equal(shape, operation.Result);
        Assert.Equal(shape == ResultShape.List ? ["id", "name"] : [], operation.KnownFields);
    }
}
