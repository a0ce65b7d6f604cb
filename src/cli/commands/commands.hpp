// What each command does; one file each. command.cpp's table names them.
#pragma once

namespace convreel::cli {

struct Session;

void run_layer(const Session& session);
void run_render(const Session& session);
void run_sweep(const Session& session);
void run_mapping(const Session& session);
void run_model(const Session& session);
void run_stack(const Session& session);
void run_compare(const Session& session);
void run_solve(const Session& session);
void run_explain(const Session& session);
void run_show(const Session& session);
void run_help(const Session& session);
void run_version(const Session& session);
void run_list(const Session& session);
void run_doctor(const Session& session);
void run_completions(const Session& session);
void run_reference(const Session& session);

}  // namespace convreel::cli
