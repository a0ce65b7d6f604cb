// A trace as JSON, schema 1. `explain --json` is the same object without the values and steps.
#pragma once

#include "base/byte_sink.hpp"
#include "output/exporter.hpp"

namespace convreel::output {

enum class TraceParts { all, arithmetic };

/// A layer's trace, with its gradients where the chain has one at its output; a stack's stages in an array.
void write_chain(const job::Chain& chain, TraceParts parts, base::ByteSink& sink);
/// A job's whole trace; those of a comparison's further layers stand in "beside".
void write_traces(const job::Job& job, base::ByteSink& sink);

/// What the format table's row points to.
void write_json(const Subject& subject, base::ByteSink& sink);

}  // namespace convreel::output
